import { applicationSays } from './application-causes.ts';
import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'pillarjs/finalhandler, index.js';

export const express: Product = {
  id: 'express',
  name: 'Express',
  role: 'application',
  writes: [
    body(
      /^<!DOCTYPE html>\s{0,4}<html lang="en">\s{0,4}<head>\s{0,4}<meta charset="utf-8">\s{0,4}<title>Error<\/title>\s{0,4}<\/head>\s{0,4}<body>\s{0,4}<pre>/u,
      'proof',
      page,
    ),
    all(
      'proof',
      'express, lib/response.js (send) and lib/utils.js: a weak tag of length and SHA-1',
      header('X-Powered-By', /^Express$/u, 'strong', page),
      header('ETag', /^W\/"[0-9a-f]{1,8}-[A-Za-z0-9+/]{27}"$/u, 'strong', page),
    ),
  ],
  passes: [header('X-Powered-By', /^Express$/u, 'strong', page)],
  says: applicationSays('Express', page),
};
