import { applicationSays } from './application-causes.ts';
import { all, body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'symfony, src/Symfony/Component/ErrorHandler/Resources/views/error.html.php';

export const symfony: Product = {
  id: 'symfony',
  name: 'Symfony',
  role: 'application',
  writes: [
    all(
      'proof',
      page,
      body(/<h1>Oops! An (?:Error|error) (?:Occurred|occurred)<\/h1>/u, 'strong', page),
      body(/<h2>The server returned a "\d{3} [^"<]{2,60}"\.<\/h2>/u, 'strong', page),
    ),
  ],
  passes: [],
  says: applicationSays('Symfony', page),
};
