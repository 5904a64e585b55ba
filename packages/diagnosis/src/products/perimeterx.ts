import { all, body, header, status } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.humansecurity.com: challenge pages';

export const perimeterx: Product = {
  id: 'perimeterx',
  name: 'HUMAN (PerimeterX)',
  role: 'edge',
  // `_pxAppId` alone is the sensor, which stands on every page of the site.
  writes: [
    all(
      'proof',
      page,
      body(/\bpx-captcha\b|\/captcha\/captcha\.js\?a=/u, 'strong', page),
      body(/_pxAppId|\bpx-cdn\.net|\bperimeterx\.net|\bhuman-challenge/u, 'strong', page),
      status([403, 429], 'hint', page),
    ),
  ],
  passes: [header('Set-Cookie', /^_px(?:hd|vid|3)?=/u, 'strong', page)],
  says: [
    { id: '403', status: [403, 429], causes: { blocked: 40 }, because: 'HUMAN wants proof of a person', source: page },
  ],
};
