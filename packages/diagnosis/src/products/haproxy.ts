import { brokenAnswer, diedWorking, noAnswerInTime, noConnection } from './gateway-causes.ts';
import { all, body, header, noHeader } from './marks.ts';
import type { Product } from './product.ts';

const page = 'HAProxy, src/http_htx.c (http_err_msgs); measured, Debian haproxy 2.6';

export const haproxy: Product = {
  id: 'haproxy',
  name: 'HAProxy',
  role: 'gateway',
  writes: [
    body(
      /^<html><body><h1>\d{3} [A-Za-z -]{3,40}<\/h1>\s{0,3}(?:No server is available to handle this request|The server returned an invalid or incomplete response|The server didn't respond in time|The server does not support the functionality required|The server cannot process the contained instructions|Your browser (?:sent an invalid request|sent early data|didn't send a complete request in time)|Request forbidden by administrative rules|Request sent to a non-authoritative server|An internal server error occurred|You have sent too many requests in a given amount of time|The request (?:is too large|entity exceeds)|The resource (?:could not be found|is no longer available)|A request was made of a resource using|You need a valid user and password)/iu,
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
      ...{ id: '502-later', status: [502], pace: 'between', source: page },
      causes: diedWorking,
      because: 'HAProxy was connected, and the server closed or reset while it worked',
    },
    {
      id: '502',
      status: [502],
      causes: { ...brokenAnswer, 'origin-closed-early': 40, 'origin-reset': 18 },
      because: 'HAProxy was connected, and the server closed while it worked',
      source: page,
    },
    {
      ...{ id: '404', status: [404, 410], source: page },
      causes: { 'not-found': 20, 'gateway-config': 14 },
      because: 'a rule of HAProxy says that there is nothing here',
    },
    {
      ...{ id: '401', status: [401, 407], source: page },
      causes: { 'origin-refusing': 20, 'gateway-config': 3 },
      because: 'HAProxy itself wants a log-in',
    },
    {
      ...{ id: '503-at-once', status: [503], pace: 'instant', source: page },
      causes: {
        ...{ 'no-live-upstream': 26, 'origin-not-listening': 18, 'gateway-config': 6, maintenance: 5 },
        ...{ 'origin-refusing': 3, 'gateway-wrong-target': 4, 'origin-saturated': 2, 'upstream-dns': 3 },
        ...{ 'socket-missing': 3, 'socket-permission': 2, 'origin-unreachable': 5, 'upstream-tls': 2 },
      },
      because:
        'HAProxy answers 503 at once when its health checks hold every server for down, when none is configured, or by a rule',
    },
    {
      ...{ id: '503-retries', status: [503], aboutS: [1, 3], source: page },
      causes: {
        ...{ 'origin-not-listening': 34, 'gateway-wrong-target': 7, 'socket-missing': 6, 'socket-permission': 4 },
        ...{ 'upstream-tls': 8, 'origin-saturated': 4, 'origin-unreachable': 5, 'origin-reset': 2 },
      },
      because:
        'HAProxy tries a refused connection three times more, a second apart, before it answers 503: about three seconds',
    },
    {
      ...{ id: '503-timeout', status: [503], pace: 'timeout', source: page },
      causes: {
        ...{ 'origin-unreachable': 26, 'origin-saturated': 14, 'upstream-tls': 6, 'origin-not-listening': 5 },
        ...{ 'gateway-wrong-target': 3, 'no-live-upstream': 2 },
      },
      because: 'HAProxy waited for a connection, or for a free place in its queue, until its timeout',
    },
    {
      ...{ id: '503', status: [503], source: page },
      causes: { ...noConnection, 'no-live-upstream': 14, 'origin-saturated': 8, 'upstream-tls': 4 },
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
