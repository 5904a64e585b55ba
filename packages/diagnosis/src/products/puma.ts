import { applicationSays } from './application-causes.ts';
import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'puma, lib/puma/server.rb (lowlevel_error) and lib/puma/configuration.rb';

export const puma: Product = {
  id: 'puma',
  name: 'Puma',
  role: 'application',
  writes: [
    body(
      /^(?:An unhandled lowlevel error occurred\. The application logs may have details\.|Puma caught this error: )/u,
      'proof',
      page,
    ),
  ],
  passes: [],
  says: applicationSays('Puma', page),
};
