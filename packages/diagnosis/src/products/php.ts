import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'php-src, main/main.c and sapi/fpm/fpm/fpm_main.c';

export const php: Product = {
  id: 'php',
  name: 'PHP',
  role: 'application',
  writes: [
    body(/^\s{0,20}(?:<br \/>\s{0,4}<b>)?(?:PHP )?(?:Fatal error|Parse error)(?:<\/b>)?: {1,2}/u, 'proof', page),
    body(/^(?:File not found\.|No input file specified\.)\s{0,4}$/u, 'proof', page),
  ],
  passes: [header('X-Powered-By', /^PHP\//u, 'strong', page)],
  says: applicationSays('PHP', page),
};
