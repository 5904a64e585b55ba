import { body, header } from './marks.ts';
import { nginxSays } from './nginx.ts';
import type { Product } from './product.ts';

const page = 'openresty, patches/nginx-*-server_header.patch';

export const openresty: Product = {
  id: 'openresty',
  name: 'OpenResty',
  role: 'gateway',
  writes: [
    body(/<hr><center>openresty(?:\/[\d.]{1,20})?(?: \([^()<>]{1,40}\))?<\/center>/u, 'proof', page),
    body(/<p><em>Faithfully yours, OpenResty\.<\/em><\/p>/u, 'proof', 'openresty, html/50x.html'),
    header('Server', /^openresty\b/u, 'hint', page),
  ],
  passes: [header('Server', /^openresty\b/u, 'strong', page)],
  timeoutsS: [60],
  says: nginxSays('OpenResty'),
};
