import { applicationSays } from './application-causes.ts';
import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'fastify, lib/four-oh-four.js and lib/error-handler.js';

export const fastify: Product = {
  id: 'fastify',
  name: 'Fastify',
  role: 'application',
  writes: [
    body(
      /^\{"message":"Route [A-Z]{3,8}:[^"]{1,500} not found","error":"Not Found","statusCode":404\}$/u,
      'proof',
      page,
    ),
  ],
  passes: [],
  says: applicationSays('Fastify', page),
};
