import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.datadome.co: response page, headers';

export const datadome: Product = {
  id: 'datadome',
  name: 'DataDome',
  role: 'edge',
  writes: [
    all('proof', page, body(/captcha-delivery\.com/u, 'strong', page)),
    header('X-DD-B', null, 'strong', page),
    body(/captcha-delivery\.com/u, 'strong', page),
  ],
  passes: [header('X-DataDome', null, 'proof', page), header('Set-Cookie', /^datadome=/u, 'strong', page)],
  says: [
    {
      id: '403',
      status: [401, 403, 405, 429],
      causes: { blocked: 40 },
      because: 'DataDome wants proof of a person',
      source: page,
    },
  ],
};
