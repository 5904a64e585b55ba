import { applicationSays } from './application-causes.ts';
import { all, body, emptyBody, header, status } from './marks.ts';
import type { Product } from './product.ts';

const page = 'php-src, main/main.c and sapi/fpm/fpm/fpm_main.c';

export const php: Product = {
  id: 'php',
  name: 'PHP',
  role: 'application',
  writes: [
    body(/^\s{0,20}(?:<br \/>\s{0,4}<b>)?(?:PHP )?(?:Fatal error|Parse error)(?:<\/b>)?: {1,2}/u, 'proof', page),
    all(
      'proof',
      page,
      body(/^(?:(?:File not found|No input file specified)\.\s{0,4}|Access denied\.\r?\n)$/u, 'strong', page),
      header('Content-Type', /^text\/html\b/iu, 'hint', page),
      status([403, 404], 'hint', page),
    ),
    all(
      'proof',
      'php-src, main/main.c: an uncaught error with display_errors off is an empty 500',
      header('X-Powered-By', /^PHP\//u, 'strong', page),
      emptyBody('hint', page),
      status([500], 'hint', page),
    ),
  ],
  passes: [header('X-Powered-By', /^PHP\//u, 'strong', page)],
  says: [
    {
      ...{
        id: 'no-script',
        status: [403, 404],
        source: 'php-src, sapi/fpm/fpm/fpm_main.c; measured, Debian php8.2-fpm',
      },
      marks: [body(/^(?:File not found\.|No input file specified\.|Access denied\.)/u, 'proof', page)],
      causes: { 'gateway-config': 18, 'not-found': 16, 'gateway-wrong-target': 6, 'app-error': 2 },
      because:
        'PHP was asked for a script that it does not find: the address, the folder in the web server, or its rights',
    },
    ...applicationSays('PHP', page),
  ],
};
