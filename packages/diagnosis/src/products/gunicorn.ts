import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'gunicorn, gunicorn/util.py (write_error)';

export const gunicorn: Product = {
  id: 'gunicorn',
  name: 'gunicorn',
  role: 'application',
  writes: [
    body(
      /^<html>\s{0,4}<head>\s{0,4}<title>(?:Internal Server Error|Bad Request|Service Unavailable|Expectation Failed)<\/title>\s{0,4}<\/head>\s{0,4}<body>\s{0,4}<h1><p>/u,
      'proof',
      page,
    ),
  ],
  passes: [header('Server', /^gunicorn\b/u, 'strong', page)],
  says: applicationSays('gunicorn', page),
};
