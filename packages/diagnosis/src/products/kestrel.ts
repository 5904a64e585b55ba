import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'ASP.NET Core, DeveloperExceptionPageMiddleware';

export const kestrel: Product = {
  id: 'kestrel',
  name: 'ASP.NET Core',
  role: 'application',
  writes: [
    body(
      /<title>Internal Server Error<\/title>[\s\S]{0,4000}An unhandled exception (?:occurred|was raised) while processing the request/u,
      'proof',
      page,
    ),
  ],
  passes: [header('Server', /^Kestrel$/u, 'strong', page)],
  says: applicationSays('ASP.NET Core', page),
};
