import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'my.f5.com: K-articles on the ASM blocking page';

export const f5: Product = {
  id: 'f5',
  name: 'F5 BIG-IP',
  role: 'gateway',
  writes: [body(/The requested URL was rejected\. Please consult with your administrator\./u, 'proof', page)],
  passes: [
    header('Set-Cookie', /^(?:BIGipServer|TS[0-9a-f]{6,8}=)/u, 'strong', page),
    header('Server', /^BigIP$/iu, 'strong', page),
  ],
  says: [
    {
      id: '200',
      status: [200, 403, 406],
      causes: { blocked: 40 },
      because: 'the application firewall of a BIG-IP turned the request away',
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 20, 'origin-saturated': 6 },
      because: 'the BIG-IP has no pool member left',
      source: page,
    },
  ],
};
