import { all, body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'learn.microsoft.com/azure/app-service: troubleshooting HTTP 502 and 503';

export const azureAppService: Product = {
  id: 'azure-app-service',
  name: 'Azure App Service',
  role: 'platform',
  writes: [
    body(
      /<h1[^>]{0,80}>Error 403 - This web app is stopped\.<\/h1>|<title>Web App - Unavailable<\/title>/u,
      'proof',
      page,
    ),
    all(
      'proof',
      page,
      title(/^Application Error$/u, 'strong', page),
      body(/\bscm\.azurewebsites\.net\b|\bazurewebsites\b/u, 'strong', page),
    ),
    title(/^Microsoft Azure Web App - Error 404$/u, 'proof', page),
    body(/<h1[^>]{0,80}>404 Web Site not found\.<\/h1>/u, 'proof', page),
  ],
  passes: [
    header('Set-Cookie', /^ARRAffinity(?:SameSite)?=/u, 'strong', page),
    header('x-ms-middleware-request-id', null, 'strong', page),
  ],
  timeoutsS: [230],
  says: [
    {
      id: 'stopped',
      status: [403],
      causes: { 'origin-not-listening': 40 },
      because: 'the app is stopped at Azure App Service',
      source: page,
    },
    {
      id: 'no-site',
      status: [404],
      causes: { 'gateway-config': 30, 'not-found': 4 },
      because: 'Azure App Service has no app for this name: it was deleted, or the name is not bound to it',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503],
      causes: {
        'origin-not-listening': 20,
        'origin-closed-early': 12,
        'app-error': 8,
        'origin-saturated': 6,
        'origin-timeout': 4,
      },
      because: 'the app at Azure App Service did not start or crashed',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 30, 'origin-saturated': 6 },
      because: "the app did not answer within Azure's 230 s",
      source: page,
    },
  ],
};
