import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'devcenter.heroku.com/articles/error-codes and error-pages';

export const heroku: Product = {
  id: 'heroku',
  name: 'Heroku',
  role: 'platform',
  writes: [
    body(
      /herokucdn\.com\/error-pages\/(?:application-error|no-such-app|maintenance-mode|ssl-cert-error)\.html/u,
      'proof',
      page,
    ),
    body(
      /An error occurred in the application and your page could not be served\. If you are the application owner/u,
      'proof',
      page,
    ),
    body(/<title>Heroku \| (?:No such app|Application Error)<\/title>/u, 'proof', page),
  ],
  passes: [
    header('Via', /\b(?:vegur|heroku-router)\b/u, 'proof', page),
    header('Nel', /heroku-nel/u, 'proof', page),
    header('Server', /^Heroku$/u, 'proof', page),
    header('Server', /^Cowboy$/u, 'hint', page),
  ],
  requestIds: ['X-Request-Id'],
  timeoutsS: [30, 55],
  says: [
    {
      id: 'no-such-app',
      status: [404],
      marks: [body(/no-such-app|No such app/u, 'proof', page)],
      causes: { 'gateway-config': 36, 'not-found': 6 },
      because: 'Heroku knows no app of this name',
      source: page,
    },
    {
      id: 'maintenance',
      status: [503],
      marks: [body(/maintenance-mode/u, 'proof', page)],
      causes: { maintenance: 40 },
      because: "the app is in Heroku's maintenance mode",
      source: page,
    },
    {
      id: 'H12',
      status: [503],
      pace: 'timeout',
      causes: { 'origin-timeout': 36, 'origin-saturated': 6 },
      because: 'Heroku waited 30 s for the dyno (H12)',
      source: page,
    },
    {
      id: 'H10',
      status: [503],
      pace: 'instant',
      causes: {
        'origin-not-listening': 26,
        'origin-closed-early': 12,
        'no-live-upstream': 5,
        'origin-saturated': 4,
        'origin-reset': 3,
      },
      because:
        'the dyno crashed (H10), closed without an answer (H13), none is running (H14), or its queue is full (H11)',
      source: page,
    },
    {
      id: '503',
      status: [502, 503],
      causes: { 'origin-closed-early': 18, 'origin-not-listening': 14, 'origin-timeout': 8, 'origin-saturated': 6 },
      because: 'the dyno crashed (H10), closed without an answer (H13), or did not connect (H20, H21)',
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'app-error': 20, 'gateway-config': 4 },
      because: "Heroku's page for an error of the app",
      source: page,
    },
  ],
};
