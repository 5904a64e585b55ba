import { applicationSays } from './application-causes.ts';
import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Phusion Passenger, resources/templates/error_renderer';

export const passenger: Product = {
  id: 'passenger',
  name: 'Phusion Passenger',
  role: 'application',
  writes: [
    title(/^Web application could not be started$/u, 'proof', page),
    body(/Phusion Passenger application server/iu, 'strong', page),
    all(
      'strong',
      page,
      body(/We(?:'|’)re sorry, but something went wrong\./u, 'hint', page),
      body(
        /Phusion Passenger|This website is powered by <a href="https:\/\/www\.phusionpassenger\.com/u,
        'strong',
        page,
      ),
    ),
  ],
  passes: [header('X-Powered-By', /Phusion Passenger/u, 'strong', page)],
  says: applicationSays('Phusion Passenger', page),
};
