import { applicationSays } from './application-causes.ts';
import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'aiohttp, web_protocol.py (handle_error) and web_exceptions.py';

export const aiohttp: Product = {
  id: 'aiohttp',
  name: 'aiohttp',
  role: 'application',
  writes: [
    body(/^500 Internal Server Error\s{1,4}Server got itself in trouble/u, 'proof', page),
    body(/<h1>500 Internal Server Error<\/h1>\s{0,4}(?:Server got itself in trouble|<br\s?\/?>)/u, 'strong', page),
    all(
      'proof',
      page,
      header('Server', /\baiohttp\/\d/u, 'strong', page),
      body(/^\d{3}: [A-Z][A-Za-z ]{2,40}$/u, 'strong', page),
    ),
  ],
  passes: [header('Server', /\baiohttp\/\d/u, 'strong', page)],
  says: applicationSays('aiohttp', page),
};
