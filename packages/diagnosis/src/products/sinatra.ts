import { applicationSays } from './application-causes.ts';
import { all, body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'sinatra, lib/sinatra/base.rb (error 404)';

export const sinatra: Product = {
  id: 'sinatra',
  name: 'Sinatra',
  role: 'application',
  writes: [
    all(
      'proof',
      page,
      body(/<h2>Sinatra (?:doesn&rsquo;t|doesn’t|doesn't) know this ditty\.<\/h2>/u, 'strong', page),
      body(/__sinatra__/u, 'strong', page),
    ),
  ],
  passes: [],
  says: applicationSays('Sinatra', page),
};
