import { applicationSays } from './application-causes.ts';
import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'ASP.NET Core, DeveloperExceptionPageMiddleware';

export const kestrel: Product = {
  id: 'kestrel',
  name: 'ASP.NET Core',
  role: 'application',
  writes: [
    all(
      'proof',
      'ASP.NET Core, src/Http/Http.Extensions (problem details)',
      body(
        /^\s{0,4}\{"type":"https:\/\/tools\.ietf\.org\/html\/rfc(?:7231|9110)#section-[\d.]{1,10}"/u,
        'strong',
        page,
      ),
      body(/"traceId":"[\w|.:-]{2,80}"/u, 'strong', page),
    ),
    all(
      'proof',
      page,
      title(/^Internal Server Error$/u, 'strong', page),
      body(/An unhandled exception (?:occurred|was raised) while processing the request/u, 'strong', page),
    ),
  ],
  passes: [header('Server', /^Kestrel$/u, 'strong', page)],
  says: applicationSays('ASP.NET Core', page),
};
