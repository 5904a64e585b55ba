import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'tornado/web.py (write_error); measured, Debian python3-tornado 6.2.0';

export const tornado: Product = {
  id: 'tornado',
  name: 'Tornado',
  role: 'application',
  writes: [body(/^<html><title>(\d{3}: [^<]{2,60})<\/title><body>\1<\/body><\/html>$/u, 'proof', page)],
  passes: [header('Server', /^TornadoServer\//u, 'strong', page)],
  says: applicationSays('Tornado', page),
};
