import type { Weights } from '../causes.ts';
import { noAnswerInTime, noConnection } from './gateway-causes.ts';
import { body, header } from './marks.ts';
import type { Product, Saying } from './product.ts';

const errors = 'Kong, kong/error_handlers.lua and kong/runloop/handler.lua';
const worded = (id: string, of: readonly number[], has: RegExp, causes: Weights, because: string): Saying => ({
  ...{ id, status: of, causes, because, source: errors },
  marks: [body(has, 'proof', errors)],
});

export const kong: Product = {
  id: 'kong',
  name: 'Kong',
  role: 'gateway',
  writes: [
    body(
      /"message"\s{0,2}:\s{0,2}"(?:no Route matched with those values|An invalid response was received from the upstream server|The upstream server is (?:currently unavailable|timing out)|failure to get a peer from the ring-balancer|name resolution failed|An unexpected error occurred)"/u,
      'proof',
      errors,
    ),
    body(/<h1>Kong Error<\/h1>/u, 'proof', errors),
    header('X-Kong-Response-Latency', null, 'proof', 'docs.konghq.com/gateway: headers (only on answers of its own)'),
    header('Server', /^kong\//u, 'hint', errors),
  ],
  passes: [
    header('Via', /\bkong\//u, 'proof', errors),
    header('X-Kong-Upstream-Latency', null, 'proof', errors),
    header('X-Kong-Proxy-Latency', null, 'proof', errors),
  ],
  requestIds: ['X-Kong-Request-Id'],
  timeoutsS: [60],
  says: [
    worded(
      'no-route',
      [404],
      /no Route matched/u,
      { 'gateway-config': 24, 'not-found': 10 },
      'Kong has no route for this host and path',
    ),
    worded(
      'no-peer',
      [503],
      /failure to get a peer/u,
      { 'no-live-upstream': 30, 'origin-not-listening': 16, 'upstream-dns': 5, 'gateway-config': 4 },
      'Kong says itself that no target of the upstream is healthy',
    ),
    worded(
      'dns',
      [503],
      /name resolution failed/u,
      { 'upstream-dns': 40 },
      "Kong says itself that the upstream's name would not resolve",
    ),
    {
      id: '502',
      status: [502],
      causes: {
        ...noConnection,
        'origin-closed-early': 16,
        'origin-reset': 8,
        'origin-invalid-response': 6,
        'origin-header-too-big': 4,
      },
      because: 'Kong got no valid answer from the upstream',
      source: errors,
    },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 16, 'upstream-dns': 8, 'origin-not-listening': 8, 'rate-limited': 2 },
      because: 'Kong finds the upstream unavailable',
      source: errors,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'Kong waited for the upstream until its timeout',
      source: errors,
    },
    {
      id: '429',
      status: [429],
      causes: { 'rate-limited': 40 },
      because: 'a plugin of Kong limits the rate',
      source: errors,
    },
    {
      id: '401',
      status: [401, 403],
      causes: { 'origin-refusing': 20, blocked: 10 },
      because: 'a plugin of Kong wants a key or a log-in',
      source: errors,
    },
    {
      id: '500',
      status: [500],
      causes: { 'gateway-config': 20, 'gateway-dependency': 8 },
      because: 'Kong wrote this 500 itself, or a plugin of its',
      source: errors,
    },
  ],
};
