import { brokenAnswer, noAnswerInTime, noConnection } from './gateway-causes.ts';
import { all, body, header, noHeader } from './marks.ts';
import type { Product } from './product.ts';

const page = 'HAProxy, src/http_htx.c (http_err_msgs); measured, Debian haproxy 2.6';

export const haproxy: Product = {
  id: 'haproxy',
  name: 'HAProxy',
  role: 'gateway',
  writes: [
    body(
      /^<html><body><h1>\d{3} [A-Za-z -]{3,40}<\/h1>\s{0,3}(?:No server is available to handle this request|The server returned an invalid or incomplete response|The server didn't respond in time|Your browser (?:sent an invalid request|didn't send a complete request in time)|Request forbidden by administrative rules|An internal server error occurred|You have sent too many requests in a given amount of time|The request (?:is too large|entity exceeds)|You need a valid user and password|Certificate or header too big)/iu,
      'proof',
      page,
    ),
    all('hint', page, header('cache-control', /^no-cache$/u, 'hint', page), noHeader('Server', 'hint', page)),
  ],
  passes: [],
  timeoutsS: [5, 30, 50, 60],
  says: [
    {
      id: '400',
      status: [400],
      causes: { 'wrong-scheme': 6, 'request-too-large': 8, 'gateway-config': 6 },
      because: 'HAProxy calls the request bad: headers too large, or not HTTP',
      source: page,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 30, 'gateway-config': 4 },
      because: 'a rule of HAProxy (http-request deny) turned the request away',
      source: page,
    },
    {
      id: '408',
      status: [408],
      causes: { 'gateway-config': 8, 'gateway-overloaded': 3 },
      because: 'HAProxy did not get the request in time',
      source: page,
    },
    {
      id: '413',
      status: [413],
      causes: { 'request-too-large': 40 },
      because: 'the request is larger than HAProxy takes',
      source: page,
    },
    {
      id: '429',
      status: [429],
      causes: { 'rate-limited': 40 },
      because: "a rule of HAProxy limits this client's rate",
      source: page,
    },
    {
      id: '500',
      status: [500],
      causes: { 'gateway-config': 14, 'gateway-overloaded': 10, 'gateway-dependency': 3 },
      because: 'HAProxy wrote this 500 itself, for trouble of its own',
      source: page,
    },
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: brokenAnswer,
      because: 'HAProxy was connected, and the server closed or sent no valid answer',
      source: page,
    },
    {
      id: '502',
      status: [502],
      causes: { ...brokenAnswer, 'origin-closed-early': 40, 'origin-reset': 18 },
      because: 'HAProxy was connected, and the server closed while it worked',
      source: page,
    },
    {
      ...{ id: '503', status: [503], source: page },
      causes: { ...noConnection, 'no-live-upstream': 22, 'origin-saturated': 6, 'upstream-tls': 4 },
      because:
        'HAProxy has no server left for the request: all are down by their health checks, or none could be connected to',
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'HAProxy waited for the server until its timeout',
      source: page,
    },
  ],
};
