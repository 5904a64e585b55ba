import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Werkzeug, src/werkzeug/exceptions.py (get_body)';

export const werkzeug: Product = {
  id: 'werkzeug',
  name: 'Flask (Werkzeug)',
  role: 'application',
  writes: [
    body(
      /^<!doctype html>\s{0,4}<html lang=(?:"en"|en)>\s{0,4}<title>\d{3} [A-Z][^<]{2,60}<\/title>\s{0,4}<h1>[^<]{2,60}<\/h1>\s{0,4}<p>/u,
      'proof',
      page,
    ),
    body(/Werkzeug Debugger/u, 'strong', page),
  ],
  passes: [header('Server', /^Werkzeug\//u, 'strong', page)],
  says: applicationSays('Flask (Werkzeug)', page),
};
