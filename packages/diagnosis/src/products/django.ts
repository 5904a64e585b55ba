import { applicationSays } from './application-causes.ts';
import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Django, django/views/defaults.py (ERROR_PAGE_TEMPLATE)';

export const django: Product = {
  id: 'django',
  name: 'Django',
  role: 'application',
  writes: [
    body(/You(?:’|&#x27;|')re seeing this error because you have <code>DEBUG = True<\/code>/u, 'proof', page),
    body(
      /^\s{0,4}<!doctype html>\s{0,4}<html lang="en">\s{0,4}<head>\s{0,4}<title>(?:Server Error|Not Found|Bad Request|403 Forbidden)[^<]{0,20}<\/title>\s{0,4}<\/head>\s{0,4}<body>\s{0,4}<h1>/u,
      'proof',
      page,
    ),
  ],
  passes: [],
  says: applicationSays('Django', page),
};
