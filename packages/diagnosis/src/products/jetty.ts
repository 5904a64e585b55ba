import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Jetty, ErrorHandler.java';

export const jetty: Product = {
  id: 'jetty',
  name: 'Jetty',
  role: 'application',
  writes: [
    body(
      /<a href="https?:\/\/(?:www\.)?(?:eclipse\.org\/jetty|jetty\.org)[^"]{0,60}">Powered by Jetty|<i><small>Powered by Jetty:\/\//u,
      'proof',
      page,
    ),
    body(/<h2>HTTP ERROR:? \d{3}/u, 'strong', page),
    header('Server', /^Jetty\(/u, 'hint', page),
  ],
  passes: [header('Server', /^Jetty\(/u, 'strong', page)],
  says: applicationSays('Jetty', page),
};
