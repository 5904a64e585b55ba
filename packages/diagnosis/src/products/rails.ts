import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Rails, railties/.../public/500.html and 404.html';

export const rails: Product = {
  id: 'rails',
  name: 'Ruby on Rails',
  role: 'application',
  writes: [
    body(
      /We(?:'|’|&#39;)re sorry, but something went wrong(?: \(\d{3}\))?|The page you were looking for doesn(?:'|’|&#39;)t exist|The change you wanted was rejected/u,
      'strong',
      page,
    ),
    body(/If you are the application owner check the logs for more information\./u, 'strong', page),
  ],
  passes: [header('X-Runtime', /^\d\.\d{3,}/u, 'strong', page)],
  says: applicationSays('Ruby on Rails', page),
};
