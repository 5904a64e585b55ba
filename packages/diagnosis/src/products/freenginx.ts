import { body, header } from './marks.ts';
import { nginxSays } from './nginx.ts';
import type { Product } from './product.ts';

const page = 'freenginx, src/http/ngx_http_special_response.c';

export const freenginx: Product = {
  id: 'freenginx',
  name: 'freenginx',
  role: 'gateway',
  writes: [
    body(/<hr><center>freenginx(?:\/[\d.]{1,20})?(?: \([^()<>]{1,40}\))?<\/center>/iu, 'proof', page),
    header('Server', /^freenginx\b/iu, 'hint', page),
  ],
  passes: [header('Server', /^freenginx\b/iu, 'strong', page)],
  timeoutsS: [60],
  says: nginxSays('freenginx'),
};
