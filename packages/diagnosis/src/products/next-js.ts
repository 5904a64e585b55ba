import { applicationSays } from './application-causes.ts';
import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Next.js, packages/next/src/pages/_error.tsx';

export const nextJs: Product = {
  id: 'next',
  name: 'Next.js',
  role: 'application',
  writes: [
    body(/<h1 class="next-error-h1"/u, 'proof', page),
    all(
      'proof',
      page,
      body(/<div id="__next">/u, 'strong', page),
      body(
        /This page could not be found|Application error: a (?:client|server)-side exception|Internal Server Error/u,
        'strong',
        page,
      ),
    ),
    body(/^Application error: a (?:client|server)-side exception has occurred/u, 'strong', page),
  ],
  passes: [header('X-Powered-By', /^Next\.js\b/u, 'strong', page)],
  says: applicationSays('Next.js', page),
};
