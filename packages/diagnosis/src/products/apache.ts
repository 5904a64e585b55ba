import { brokenAnswer, noAnswerInTime, noConnection } from './gateway-causes.ts';
import { body, header, title } from './marks.ts';
import type { Product } from './product.ts';

const page = 'Apache httpd, modules/http/http_protocol.c; measured, Debian apache2 2.4';
const proxy = 'Apache httpd, modules/proxy/proxy_util.c and mod_proxy_http.c; measured, Debian apache2 2.4';

export const apache: Product = {
  id: 'apache',
  name: 'Apache httpd',
  role: 'gateway',
  writes: [
    body(/<address>Apache(?:\/[\d.]{1,20})?[^<]{0,300} Server at [^<]{1,300} Port \d{1,5}<\/address>/u, 'proof', page),
    body(
      /^<!DOCTYPE HTML PUBLIC "-\/\/(?:IETF\/\/DTD HTML 2\.0|W3C\/\/DTD HTML 4\.01)\/\/EN"[^>]{0,60}>\s{0,4}<html><head>\s{0,4}<title>\d{3} /u,
      'proof',
      page,
    ),
    body(/<p>The proxy server received an invalid\s{1,4}response from an upstream server\.<br \/>/u, 'strong', page),
    title(/^50\d Proxy Error$/u, 'strong', proxy),
    header('Server', /^Apache\b/u, 'hint', page),
  ],
  passes: [header('Server', /^Apache(?:\/|$| )/u, 'strong', page)],
  timeoutsS: [60, 300],
  says: [
    {
      ...{ id: 'plain-to-https', status: [400], source: 'Apache httpd, modules/ssl/ssl_engine_kernel.c' },
      marks: [body(/speaking plain HTTP to an SSL-enabled server port/u, 'proof', page)],
      causes: { 'wrong-scheme': 40 },
      because: 'Apache httpd got plain HTTP on a port where it speaks HTTPS',
    },
    {
      id: '400',
      status: [400],
      causes: { 'request-too-large': 8, 'gateway-config': 6, 'wrong-scheme': 3 },
      because: 'Apache httpd calls the request bad',
      source: page,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 12, 'gateway-config': 12, 'origin-refusing': 5 },
      because: 'Apache httpd refuses: a Require rule, a security module, or files that it may not read',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 40, 'gateway-config': 4 },
      because: 'Apache httpd itself finds nothing at this address',
      source: page,
    },
    {
      id: '413',
      status: [413, 414, 431],
      causes: { 'request-too-large': 40 },
      because: 'the request is larger than Apache httpd takes',
      source: page,
    },
    {
      id: '408',
      status: [408],
      causes: { 'gateway-config': 6, 'gateway-overloaded': 4 },
      because: 'Apache httpd did not get the request in time',
      source: page,
    },
    {
      ...{ id: '500-tls', status: [500, 502], source: proxy },
      marks: [body(/Error during SSL Handshake with remote server/u, 'proof', proxy)],
      causes: { 'upstream-tls': 40 },
      because: 'Apache httpd says that the TLS handshake with the upstream failed',
    },
    {
      ...{ id: 'dns', status: [500, 502], source: proxy },
      marks: [body(/DNS lookup failure for:/u, 'proof', proxy)],
      causes: { 'upstream-dns': 40 },
      because: "Apache httpd says that the upstream's name would not resolve",
    },
    {
      id: '500',
      status: [500],
      causes: { 'app-error': 12, 'gateway-config': 16, 'upstream-tls': 8, 'upstream-dns': 4, 'gateway-dependency': 2 },
      because:
        'Apache httpd wrote this 500 itself: a script of its own that failed, its configuration, or TLS to the upstream',
      source: page,
    },
    {
      ...{ id: '502-read', status: [502], pace: 'instant', source: proxy },
      marks: [body(/Error reading from remote server/u, 'proof', proxy)],
      causes: {
        'origin-closed-early': 24,
        'origin-reset': 14,
        'origin-invalid-response': 10,
        'upstream-tls': 6,
        'gateway-wrong-target': 7,
        'origin-saturated': 2,
      },
      because: 'Apache httpd was connected, and the upstream broke off or sent no valid answer',
    },
    {
      ...{ id: '502-read-timeout', status: [502], pace: 'timeout', source: proxy },
      marks: [body(/Error reading from remote server/u, 'proof', proxy)],
      causes: {
        'origin-timeout': 30,
        'origin-saturated': 12,
        'origin-closed-early': 10,
        'origin-reset': 4,
        'gateway-wrong-target': 2,
        'upstream-tls': 1,
      },
      because: 'Apache httpd answers 502, not 504, when the upstream says nothing until its timeout',
    },
    {
      ...{ id: '502-read-later', status: [502], pace: 'between', source: proxy },
      marks: [body(/Error reading from remote server/u, 'proof', proxy)],
      causes: {
        'origin-closed-early': 26,
        'origin-reset': 17,
        'origin-timeout': 6,
        'origin-saturated': 5,
        'origin-invalid-response': 3,
      },
      because: 'Apache httpd was connected, and the upstream broke off while it worked',
    },
    {
      ...{ id: '502-header', status: [502], marks: [title(/^502 Bad Gateway$/u, 'strong', proxy)], source: proxy },
      causes: {
        'origin-header-too-big': 18,
        'origin-invalid-response': 14,
        'origin-closed-early': 12,
        'origin-reset': 3,
        'gateway-wrong-target': 2,
      },
      because: 'Apache httpd got a beginning of an answer whose headers it could not take',
    },
    {
      id: '502',
      status: [502],
      causes: brokenAnswer,
      because: 'Apache httpd got no valid answer from the upstream',
      source: proxy,
    },
    {
      ...{ id: '503-quick', status: [503], pace: 'instant', source: proxy },
      causes: { ...noConnection, maintenance: 3, 'gateway-overloaded': 1, 'origin-closed-early': 3, 'origin-reset': 2 },
      because: 'Apache httpd answers 503 when no connection to the upstream comes about',
    },
    {
      ...{ id: '503-timeout', status: [503], pace: 'timeout', source: proxy },
      causes: {
        'origin-unreachable': 24,
        'origin-saturated': 10,
        'no-live-upstream': 4,
        'origin-timeout': 6,
        'upstream-dns': 3,
        'origin-not-listening': 3,
      },
      because: 'Apache httpd waited for a connection to the upstream until its timeout',
    },
    {
      id: '503',
      status: [503],
      causes: { ...noConnection, 'origin-closed-early': 6, 'origin-unreachable': 10, maintenance: 2 },
      because: 'Apache httpd answers 503 when no connection to the upstream comes about',
      source: proxy,
    },
    {
      id: '504',
      status: [504],
      causes: { ...noAnswerInTime, 'origin-closed-early': 1 },
      because: 'Apache httpd waited for the upstream until its timeout',
      source: proxy,
    },
  ],
};
