import { body, header } from './marks.ts';
import { nginxSays } from './nginx.ts';
import type { Product } from './product.ts';

const page = 'tengine, src/http/ngx_http_special_response.c';

export const tengine: Product = {
  id: 'tengine',
  name: 'Tengine',
  role: 'gateway',
  writes: [
    body(/<hr ?\/?>(?:<center>tengine(?:\/[\d.]{1,20})?<\/center>|Powered by Tengine)/iu, 'proof', page),
    header('Server', /^Tengine\b/u, 'hint', page),
  ],
  passes: [header('Server', /^Tengine\b/u, 'strong', page)],
  timeoutsS: [60],
  says: nginxSays('Tengine'),
};
