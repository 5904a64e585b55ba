import { applicationSays } from './application-causes.ts';
import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'nestjs, packages/core/router/routes-resolver.ts';

export const nestJs: Product = {
  id: 'nestjs',
  name: 'NestJS',
  role: 'application',
  writes: [
    body(
      /^\{(?:"statusCode":404,)?"message":"Cannot [A-Z]{3,8} [^"]{1,500}","error":"Not Found"(?:,"statusCode":404)?\}$/u,
      'proof',
      page,
    ),
  ],
  passes: [],
  says: applicationSays('NestJS', page),
};
