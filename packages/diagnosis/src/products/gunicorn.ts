import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'gunicorn, gunicorn/util.py (write_error); measured, Debian gunicorn 20.1.0';

export const gunicorn: Product = {
  id: 'gunicorn',
  name: 'gunicorn',
  role: 'application',
  writes: [
    body(
      /^<html>\s{0,12}<head>\s{0,12}<title>[A-Z][A-Za-z ]{2,60}<\/title>\s{0,12}<\/head>\s{0,12}<body>\s{0,12}<h1><p>/u,
      'proof',
      page,
    ),
  ],
  passes: [header('Server', /^gunicorn\b/u, 'strong', page)],
  says: [
    {
      ...{ id: 'too-large', status: [400], source: page },
      marks: [body(/limit request (?:line|headers)/iu, 'proof', page)],
      causes: { 'request-too-large': 40 },
      because: "gunicorn says that the request's address or headers are too large",
    },
    ...applicationSays('gunicorn', page),
  ],
};
