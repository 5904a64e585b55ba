import { applicationSays } from './application-causes.ts';
import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Phusion Passenger, resources/templates/error_renderer';

export const passenger: Product = {
  id: 'passenger',
  name: 'Phusion Passenger',
  role: 'application',
  writes: [
    body(/This website is under heavy load \(queue full\)/u, 'proof', page),
    title(/^Incomplete response received from application$/u, 'proof', page),
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
  says: [
    {
      ...{ id: 'queue-full', status: [503], source: page },
      marks: [body(/This website is under heavy load \(queue full\)/u, 'proof', page)],
      causes: { 'origin-saturated': 40 },
      because: 'Phusion Passenger says that its queue is full',
    },
    {
      ...{ id: 'incomplete', status: [502], source: page },
      causes: { 'origin-closed-early': 30, 'app-error': 16, 'origin-reset': 6 },
      because: 'Phusion Passenger says that the application broke off in the middle',
    },
    ...applicationSays('Phusion Passenger', page),
  ],
};
