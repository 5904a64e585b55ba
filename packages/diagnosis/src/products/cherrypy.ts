import { applicationSays } from './application-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'CherryPy, cherrypy/_cperror.py';

export const cherrypy: Product = {
  id: 'cherrypy',
  name: 'CherryPy',
  role: 'application',
  writes: [body(/Powered by <a href="https?:\/\/www\.cherrypy\.(?:org|dev)\/?">\s{0,4}CherryPy/u, 'proof', page)],
  passes: [header('Server', /^(?:CherryPy|Cheroot)\//u, 'strong', page)],
  says: applicationSays('CherryPy', page),
};
