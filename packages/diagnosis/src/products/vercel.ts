import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'vercel.com/docs/errors';

export const vercel: Product = {
  id: 'vercel',
  name: 'Vercel',
  role: 'platform',
  writes: [
    header('x-vercel-error', null, 'proof', page),
    body(
      /^(?:A server error has occurred|The (?:deployment|page) could not be found|This (?:Serverless|Edge) Function has (?:crashed|timed out)|The deployment is (?:disabled|paused))[\s\S]{0,200}\b[A-Z_]{8,60}\s{1,4}[a-z]{3}\d::/u,
      'proof',
      page,
    ),
  ],
  passes: [header('X-Vercel-Id', null, 'proof', page), header('Server', /^Vercel$/u, 'strong', page)],
  requestIds: ['X-Vercel-Id'],
  timeoutsS: [10, 15, 25, 60, 300],
  says: [
    {
      id: 'timeout',
      status: [504, 500, 502],
      marks: [header('x-vercel-error', /TIMEOUT/u, 'proof', page)],
      causes: { 'origin-timeout': 40 },
      because: 'Vercel says itself that the function ran into its timeout',
      source: page,
    },
    {
      id: 'failed',
      status: [500, 502],
      marks: [
        header(
          'x-vercel-error',
          /FUNCTION_INVOCATION_FAILED|MIDDLEWARE_INVOCATION_FAILED|EDGE_FUNCTION_INVOCATION_FAILED|INTERNAL_FUNCTION/u,
          'proof',
          page,
        ),
      ],
      causes: { 'app-error': 36, 'origin-closed-early': 4 },
      because: 'Vercel says itself that the function failed',
      source: page,
    },
    {
      id: 'too-large',
      status: [413, 414, 431],
      marks: [header('x-vercel-error', /TOO_LARGE|TOO_LONG/u, 'proof', page)],
      causes: { 'request-too-large': 40 },
      because: 'Vercel says itself that the request is too large',
      source: page,
    },
    {
      id: 'response',
      status: [500, 502],
      marks: [header('x-vercel-error', /RESPONSE|HEADER/u, 'proof', page)],
      causes: { 'origin-invalid-response': 24, 'origin-header-too-big': 6, 'app-error': 6 },
      because: 'Vercel says itself that the answer is not valid',
      source: page,
    },
    {
      id: 'not-found',
      status: [404],
      marks: [header('x-vercel-error', /NOT_FOUND/u, 'proof', page)],
      causes: { 'not-found': 26, 'gateway-config': 14 },
      because: 'Vercel finds no such page or deployment',
      source: page,
    },
    {
      id: 'disabled',
      status: [402, 403, 410, 451, 503],
      marks: [header('x-vercel-error', /DISABLED|DELETED|PAUSED|BLOCKED/u, 'proof', page)],
      causes: { 'origin-refusing': 24, 'gateway-config': 10 },
      because: 'the deployment is switched off at Vercel',
      source: page,
    },
    {
      id: 'dns',
      status: [404, 502],
      marks: [header('x-vercel-error', /DNS_HOSTNAME/u, 'proof', page)],
      causes: { 'upstream-dns': 40 },
      because: "Vercel says itself that the external origin's name would not resolve",
      source: page,
    },
    {
      id: 'external',
      status: [502, 504],
      marks: [header('x-vercel-error', /ROUTER_EXTERNAL_TARGET|EXTERNAL/u, 'proof', page)],
      causes: { 'origin-closed-early': 12, 'origin-not-listening': 12, 'origin-unreachable': 8, 'upstream-tls': 6 },
      because: 'Vercel says itself that the external origin failed',
      source: page,
    },
    {
      id: 'throttled',
      status: [429, 503],
      marks: [header('x-vercel-error', /THROTTLED|RATE_LIMIT/u, 'proof', page)],
      causes: { 'rate-limited': 24, 'origin-saturated': 10 },
      because: 'Vercel says itself that there were too many requests',
      source: page,
    },
    {
      id: 'loop',
      status: [508],
      causes: { 'gateway-config': 36, 'app-error': 4 },
      because: 'Vercel says itself that the request runs in a circle',
      source: page,
    },
    {
      id: '5xx',
      status: [500, 502, 503, 504],
      causes: { 'app-error': 20, 'origin-timeout': 8, 'origin-closed-early': 5, 'gateway-overloaded': 3 },
      because: 'Vercel wrote this for a function or deployment that failed',
      source: page,
    },
    {
      id: '4xx',
      status: [400, 401, 403, 404, 405, 410, 413, 416, 429],
      causes: { 'gateway-config': 12, 'not-found': 10, blocked: 8, 'rate-limited': 3 },
      because: 'Vercel itself refuses',
      source: page,
    },
  ],
};
