import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Next.js, packages/next/src/pages/_error.tsx';

export const nextJs: Product = {
  id: 'next',
  name: 'Next.js',
  role: 'application',
  writes: [
    body(
      /<div id="__next">[^\n]{0,2000}(?:This page could not be found|Application error: a (?:client|server)-side exception|Internal Server Error)/u,
      'proof',
      page,
    ),
    body(/Application error: a (?:client|server)-side exception has occurred/u, 'strong', page),
  ],
  passes: [header('X-Powered-By', /^Next\.js\b/u, 'strong', page)],
  says: applicationSays('Next.js', page),
};
