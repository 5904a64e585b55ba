import { applicationSays } from './application-causes.ts';
import { all, body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'uvicorn, protocols/http; starlette, exceptions; measured, Debian python3-uvicorn 0.17.6';

export const uvicorn: Product = {
  id: 'uvicorn',
  name: 'Uvicorn (FastAPI, Starlette)',
  role: 'application',
  writes: [
    all(
      'proof',
      page,
      header('server', /^uvicorn$/u, 'strong', page),
      body(
        /^(?:\{"detail":"(?:Not Found|Method Not Allowed)"\}|Internal Server Error|Invalid HTTP request received\.)$/u,
        'strong',
        page,
      ),
    ),
  ],
  passes: [header('server', /^(?:uvicorn|hypercorn-h\d+)$/u, 'strong', page)],
  says: applicationSays('Uvicorn (FastAPI, Starlette)', page),
};
