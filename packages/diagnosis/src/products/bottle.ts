import { applicationSays } from './application-causes.ts';
import { all, body, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'bottle.py (ERROR_PAGE_TEMPLATE); measured, Debian python3-bottle 0.12.23';

export const bottle: Product = {
  id: 'bottle',
  name: 'Bottle',
  role: 'application',
  writes: [
    all(
      'proof',
      page,
      title(/^Error: \d{3} /u, 'strong', page),
      body(/<p>Sorry, the requested URL <tt>/u, 'strong', page),
    ),
  ],
  passes: [],
  says: applicationSays('Bottle', page),
};
