import type { Cause } from '../../causes.ts';
import { command, config, forAll, type ProductHelp } from '../help.ts';

/** What a platform is asked about whenever the application on it fails. */
const ofOrigin: readonly Cause[] = [
  ...([
    'origin-not-listening',
    'origin-closed-early',
    'origin-reset',
    'origin-timeout',
    'origin-saturated',
    'app-error',
  ] as const),
  ...([
    'origin-refusing',
    'no-live-upstream',
    'origin-invalid-response',
    'origin-unreachable',
    'gateway-wrong-target',
  ] as const),
];
const listensEverywhere = config(
  'Listen on the port that the platform gives, on every address',
  "server.listen(process.env.PORT ?? 3000, '0.0.0.0');",
);

export const herokuHelp: ProductHelp = {
  ids: ['heroku'],
  words: {
    'origin-timeout':
      'Answer within 30 seconds (H12): move long work to a worker, or begin to stream the answer earlier.',
    'origin-closed-early':
      'Look for the H-code and the crash in the log: the dyno ended or closed the connection while it worked (H13, H18).',
  },
  fixes: {
    ...forAll(ofOrigin, [
      command('The application’s log, with the H-code of the failure', 'heroku logs --tail --num 200'),
      command('State of its dynos, and a restart', 'heroku ps && heroku ps:restart'),
    ]),
    maintenance: [command('Switch maintenance off', 'heroku maintenance:off')],
  },
  log: [
    command(
      'The application’s log, with the H-code of the failure',
      'heroku logs --num 500 | grep -E "code=H[0-9]+|Error R[0-9]+"',
    ),
  ],
  signs: {
    'app-error': 'code=H10 (crashed)',
    'origin-not-listening': 'code=H10, H14 or H20',
    'origin-timeout': 'code=H12',
    'origin-closed-early': 'code=H13 or H18',
    'origin-saturated': 'code=H11 or H19',
    'origin-invalid-response': 'code=H17',
    'origin-unreachable': 'code=H21',
  },
  source: 'devcenter.heroku.com/articles/error-codes',
};

export const vercelHelp: ProductHelp = {
  ids: ['vercel'],
  fixes: forAll(ofOrigin, [
    command('The function’s log', 'vercel logs {host}'),
    command('The last deployments, and the way back', 'vercel ls\nvercel rollback'),
  ]),
  log: [command('The function’s log', 'vercel logs {host}')],
  signs: {
    'origin-timeout': 'FUNCTION_INVOCATION_TIMEOUT',
    'app-error': 'FUNCTION_INVOCATION_FAILED',
    'not-found': 'DEPLOYMENT_NOT_FOUND',
    'upstream-dns': 'DNS_HOSTNAME_NOT_FOUND',
    'origin-unreachable': 'ROUTER_EXTERNAL_TARGET_CONNECTION_ERROR',
  },
  source: 'vercel.com/docs/errors',
};

export const netlifyHelp: ProductHelp = {
  ids: ['netlify'],
  fixes: forAll(ofOrigin, [
    command('The function’s log', 'netlify logs:function FUNCTION'),
    command('The last deployments', 'netlify api listSiteDeploys'),
  ]),
  log: [command('The function’s log', 'netlify logs:function FUNCTION')],
  source: 'docs.netlify.com/functions/logs',
};

export const flyHelp: ProductHelp = {
  ids: ['fly'],
  fixes: forAll(ofOrigin, [
    command('State of its machines', 'fly status && fly checks list'),
    command('The application’s log', 'fly logs'),
    config('The port on which the application listens (fly.toml)', '[http_service]\n  internal_port = 8080'),
    listensEverywhere,
  ]),
  log: [command('The application’s log', 'fly logs')],
  source: 'fly.io/docs/getting-started/troubleshooting',
};

export const railwayHelp: ProductHelp = {
  ids: ['railway'],
  fixes: forAll(ofOrigin, [command('The application’s log', 'railway logs'), listensEverywhere]),
  log: [command('The application’s log', 'railway logs')],
  source: 'docs.railway.com/reference/errors/application-failed-to-respond',
};

export const renderHelp: ProductHelp = {
  ids: ['render'],
  fixes: forAll(ofOrigin, [
    command('The service’s log', 'render logs --resources SERVICE-ID --tail'),
    listensEverywhere,
  ]),
  log: [command('The service’s log', 'render logs --resources SERVICE-ID --tail')],
  source: 'render.com/docs/troubleshooting-deploys',
};

export const digitalOceanHelp: ProductHelp = {
  ids: ['digitalocean'],
  fixes: forAll(ofOrigin, [
    command('The application’s log', 'doctl apps logs APP-ID --type run --tail 200'),
    command('The last deployments', 'doctl apps list-deployments APP-ID'),
    listensEverywhere,
  ]),
  log: [command('The application’s log', 'doctl apps logs APP-ID --type run --tail 200')],
  source: 'docs.digitalocean.com/products/app-platform',
};

export const ngrokHelp: ProductHelp = {
  ids: ['ngrok'],
  fixes: forAll(ofOrigin, [command('Whether the tunnel’s own end listens', 'ss -ltnp')]),
  log: [command('What went through the tunnel', 'curl -sS http://127.0.0.1:4040/api/requests/http?limit=20')],
  source: 'ngrok.com/docs/errors',
};
