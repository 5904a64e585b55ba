import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.github.com/pages: its 404 page';

export const githubPages: Product = {
  id: 'github-pages',
  name: 'GitHub Pages',
  role: 'platform',
  writes: [
    body(/There isn(?:'|’)t a GitHub Pages site here\./u, 'proof', page),
    all(
      'proof',
      page,
      header('Server', /^GitHub\.com$/u, 'strong', page),
      body(
        /<title>(?:Site not found|Page not found) &middot; GitHub Pages<\/title>|githubstatus\.com/u,
        'strong',
        page,
      ),
    ),
  ],
  passes: [header('Server', /^GitHub\.com$/u, 'strong', page), header('X-GitHub-Request-Id', null, 'proof', page)],
  requestIds: ['X-GitHub-Request-Id'],
  says: [
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 16, 'gateway-config': 24 },
      because: 'GitHub Pages has no site or page here',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503, 504],
      causes: { 'gateway-overloaded': 30, 'app-error': 6 },
      because: 'GitHub Pages itself has trouble',
      source: page,
    },
  ],
};
