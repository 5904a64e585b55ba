import { diedWorking, noAnswerInTime, quickBadGateway } from './gateway-causes.ts';
import { body, header, title } from './marks.ts';
import type { Product, Saying } from './product.ts';

const page = 'nginx, src/http/ngx_http_special_response.c';
const upstream = 'nginx, src/http/ngx_http_upstream.c; measured, Debian nginx 1.22.1';

/** What nginx and its kin mean by their own pages. */
export const nginxSays = (name: string): readonly Saying[] => [
  {
    ...{ id: 'plain-to-https', status: [400, 497], source: page },
    marks: [body(/plain HTTP request was sent to HTTPS port/iu, 'proof', page)],
    causes: { 'wrong-scheme': 40 },
    because: `${name} got plain HTTP on a port where it speaks HTTPS`,
  },
  {
    ...{ id: 'client-certificate', status: [400, 495, 496], source: page },
    marks: [body(/SSL certificate (?:error|was sent)|No required SSL certificate/iu, 'proof', page)],
    causes: { 'edge-tls': 30, 'origin-refusing': 6 },
    because: `${name} wants a client certificate`,
  },
  {
    ...{ id: 'header-too-large', status: [400, 414, 431, 494], source: page },
    marks: [body(/Request Header Or Cookie Too Large|Request-URI Too (?:Large|Long)/iu, 'proof', page)],
    causes: { 'request-too-large': 40 },
    because: `${name} finds the request's headers or address too large`,
  },
  {
    id: '400',
    status: [400],
    causes: { 'wrong-scheme': 6, 'gateway-config': 10, 'request-too-large': 4 },
    because: `${name} calls the request bad`,
    source: page,
  },
  {
    id: '403',
    status: [403],
    causes: { blocked: 12, 'gateway-config': 12, 'origin-refusing': 5 },
    because: `${name} refuses: a deny rule, or files that it may not read or list`,
    source: 'nginx, ngx_http_access_module, ngx_http_autoindex_module',
  },
  {
    id: '404',
    status: [404],
    causes: { 'not-found': 40, 'gateway-config': 4 },
    because: `${name} itself finds no such file`,
    source: 'nginx, ngx_http_static_module',
  },
  {
    id: '408',
    status: [408],
    causes: { 'gateway-config': 6, 'gateway-overloaded': 3, 'request-too-large': 3 },
    because: `${name} did not get the request in time`,
    source: page,
  },
  {
    id: '413',
    status: [413],
    causes: { 'request-too-large': 40 },
    because: `the request is larger than ${name} lets through (client_max_body_size)`,
    source: 'nginx, ngx_http_core_module',
  },
  {
    id: '429',
    status: [429],
    causes: { 'rate-limited': 40 },
    because: `${name}'s limit_req or limit_conn turned the request away`,
    source: 'nginx, ngx_http_limit_req_module',
  },
  {
    ...{
      id: '500',
      status: [500],
      source: 'nginx, ngx_http_core_module, ngx_http_auth_request_module, ngx_connection.c',
    },
    causes: {
      ...{ 'gateway-config': 20, 'gateway-dependency': 14, 'gateway-overloaded': 12, 'app-error': 4 },
      'upstream-dns': 1,
    },
    because: `${name} wrote this 500 itself: a rewrite loop, auth_request, worker_connections, open files or folder rights; not the application`,
  },
  {
    id: '502-quick',
    status: [502],
    pace: 'instant',
    causes: quickBadGateway,
    because: `${name} answers 502 at once when its connection to the upstream fails or breaks`,
    source: upstream,
  },
  {
    ...{ id: '502-timeout', status: [502], pace: 'timeout', source: upstream },
    causes: {
      ...diedWorking,
      'origin-unreachable': 12,
      'upstream-dns': 9,
      'no-live-upstream': 5,
      'origin-timeout': 6,
      'origin-not-listening': 3,
    },
    because: `${name} answered 502 after a round time: a name that would not resolve, a host that sent "unreachable", or an upstream that died as its own time ran out`,
  },
  {
    id: '502-later',
    status: [502],
    causes: { ...diedWorking, 'upstream-dns': 6 },
    because: `the upstream took the request, worked on it, and broke the connection before ${name} had an answer`,
    source: upstream,
  },
  {
    ...{
      id: '503',
      status: [503],
      source: 'nginx, ngx_http_limit_req_module (503 by default), ngx_http_rewrite_module (return 503)',
    },
    causes: {
      ...{ 'rate-limited': 16, maintenance: 14, 'no-live-upstream': 4, 'origin-not-listening': 2 },
      ...{ 'origin-refusing': 2, 'gateway-overloaded': 2, 'gateway-config': 2 },
    },
    because: `${name} by itself never answers 503 for a broken upstream: a rate limit, a maintenance switch (return 503) or, in Kubernetes, a service without endpoints`,
  },
  {
    id: '504',
    status: [504],
    causes: noAnswerInTime,
    because: `${name} waited for the upstream until its own timeout`,
    source: upstream,
  },
];

export const nginx: Product = {
  id: 'nginx',
  name: 'nginx',
  role: 'gateway',
  writes: [
    body(/<hr><center>nginx(?:\/[\d.]{1,20})?(?: \([^()<>]{1,40}\))?<\/center>/u, 'proof', page),
    body(/<p><em>Faithfully yours, nginx\.<\/em><\/p>/u, 'proof', 'nginx, html/50x.html'),
    title(/^(?:301 Moved Permanently|50\d |40\d |Welcome to nginx)/u, 'hint', page),
    header('Server', /^nginx(?:\/[\d.]{1,20})?(?: \(\w+\))?$/u, 'hint', page),
  ],
  passes: [header('Server', /^nginx\b/u, 'strong', page)],
  timeoutsS: [60],
  says: nginxSays('nginx'),
};
