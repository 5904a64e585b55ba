import { body, header } from './marks.ts';
import { nginxSays } from './nginx.ts';
import type { Product } from './product.ts';

const page = 'Angie, src/http/ngx_http_special_response.c';

export const angie: Product = {
  id: 'angie',
  name: 'Angie',
  role: 'gateway',
  writes: [
    body(/<hr><center>Angie(?:\/[\d.]{1,20})?(?: \([^()<>]{1,40}\))?<\/center>/iu, 'proof', page),
    header('Server', /^Angie\b/iu, 'hint', page),
  ],
  passes: [header('Server', /^Angie\b/iu, 'strong', page)],
  timeoutsS: [60],
  says: nginxSays('Angie'),
};
