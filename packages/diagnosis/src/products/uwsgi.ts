import { applicationSays } from './application-causes.ts';
import { body } from './marks.ts';
import type { Product } from './product.ts';

const page = 'uWSGI, core/utils.c and plugins/python';

export const uwsgi: Product = {
  id: 'uwsgi',
  name: 'uWSGI',
  role: 'application',
  writes: [
    body(/^Internal Server Error$/u, 'hint', page),
    body(/^(?:<h1>)?uWSGI Error\b/u, 'proof', page),
    body(/^--- no python application found, check your startup logs for errors ---\s?$/u, 'proof', page),
  ],
  passes: [],
  says: applicationSays('uWSGI', page),
};
