import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.humansecurity.com: challenge pages';

export const perimeterx: Product = {
  id: 'perimeterx',
  name: 'HUMAN (PerimeterX)',
  role: 'edge',
  writes: [body(/window\._pxAppId|px-captcha|\/captcha\/captcha\.js\?a=/u, 'proof', page)],
  passes: [header('Set-Cookie', /^_px(?:hd|vid|3)?=/u, 'strong', page)],
  says: [
    { id: '403', status: [403, 429], causes: { blocked: 40 }, because: 'HUMAN wants proof of a person', source: page },
  ],
};
