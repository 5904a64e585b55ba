import { noAnswerInTime, noConnection } from './gateway-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'lighttpd, src/response.c (http_response_static_errdoc); measured, Debian lighttpd 1.4.69';
const gateway = 'lighttpd, src/gw_backend.c; measured, Debian lighttpd 1.4.69';

export const lighttpd: Product = {
  id: 'lighttpd',
  name: 'lighttpd',
  role: 'gateway',
  writes: [
    body(
      /^<\?xml version="1\.0" encoding="iso-8859-1"\?>\s{0,4}<!DOCTYPE html PUBLIC "-\/\/W3C\/\/DTD XHTML 1\.0 Transitional\/\/EN"\s{1,20}"[^"]{10,80}">\s{0,4}<html [^>]{10,120}>\s{0,4}<head>\s{0,4}<title>\d{3} /u,
      'proof',
      page,
    ),
    header('Server', /^lighttpd\b/u, 'hint', page),
    body(
      /^<!DOCTYPE html>\n<html lang="en">\n <head>\n {2}<meta charset="UTF-8" \/>\n {2}<title>(\d{3} [^<>\n]{2,60})<\/title>\n <\/head>\n <body>\n {2}<h1>\1<\/h1>\n <\/body>\n<\/html>\n?$/u,
      'proof',
      page,
    ),
  ],
  passes: [header('Server', /^lighttpd\b/u, 'strong', page)],
  timeoutsS: [8, 60],
  says: [
    {
      id: '403',
      status: [403],
      causes: { blocked: 12, 'gateway-config': 14 },
      because: 'lighttpd refuses: a deny rule, or files that it may not read',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'not-found': 40, 'gateway-config': 4 },
      because: 'lighttpd itself finds no such file',
      source: page,
    },
    {
      id: '4xx',
      status: [400, 408, 413, 414, 417, 431],
      causes: { 'request-too-large': 12, 'gateway-config': 6, 'wrong-scheme': 3 },
      because: 'lighttpd itself refuses the request',
      source: page,
    },
    {
      ...{ id: '500', status: [500], source: gateway },
      causes: {
        'origin-closed-early': 24,
        'origin-reset': 12,
        'gateway-config': 6,
        'origin-saturated': 2,
        'gateway-wrong-target': 3,
        'upstream-tls': 4,
      },
      because:
        'lighttpd answers 500 when the backend closes before it has answered: no error of the application’s own making',
    },
    {
      ...{ id: '502', status: [502], source: gateway },
      causes: {
        'origin-invalid-response': 18,
        'origin-header-too-big': 10,
        'gateway-wrong-target': 6,
        'origin-closed-early': 4,
        'upstream-tls': 4,
      },
      because: 'lighttpd answers 502 when what the backend sent is no valid answer',
    },
    {
      ...{ id: '503-timeout', status: [503], pace: 'timeout', source: gateway },
      causes: {
        ...{ 'origin-unreachable': 26, 'origin-saturated': 10, 'no-live-upstream': 4, 'origin-not-listening': 4 },
        ...{ 'origin-timeout': 3, 'upstream-dns': 2 },
      },
      because: 'lighttpd waited for a connection to the backend until its timeout',
    },
    {
      id: '503',
      status: [503],
      causes: { ...noConnection, 'gateway-overloaded': 1 },
      because: 'lighttpd answers 503 when it can not connect to the backend',
      source: gateway,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'lighttpd waited for the backend until its timeout',
      source: gateway,
    },
  ],
};
