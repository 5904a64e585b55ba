import { diedWorking, noAnswerInTime, quickBadGateway } from './gateway-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'nghttp2, src/shrpx_http.cc (create_error_html)';

export const nghttpx: Product = {
  id: 'nghttpx',
  name: 'nghttpx',
  role: 'gateway',
  writes: [body(/<footer>nghttpx[^<]{0,60}<\/footer>/u, 'proof', page), header('Server', /^nghttpx\b/u, 'hint', page)],
  passes: [header('Via', /\bnghttpx\b/u, 'proof', page), header('Server', /^nghttpx\b/u, 'strong', page)],
  timeoutsS: [30, 60],
  says: [
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: quickBadGateway,
      because: 'nghttpx answers 502 at once when its connection to the backend fails or breaks',
      source: page,
    },
    { id: '502', status: [502], causes: diedWorking, because: 'the backend broke off while it worked', source: page },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 24, 'origin-not-listening': 12, 'gateway-overloaded': 4, 'origin-unreachable': 4 },
      because: 'nghttpx has no backend to ask',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: 'nghttpx waited for the backend until its timeout',
      source: page,
    },
    {
      id: 'too-large',
      status: [413, 414, 431],
      causes: { 'request-too-large': 40 },
      because: 'the request is larger than nghttpx takes',
      source: page,
    },
    {
      id: 'other',
      status: [400, 403, 404, 408, 500, 501],
      causes: { 'gateway-config': 10, 'wrong-scheme': 5, 'request-too-large': 4, 'gateway-overloaded': 3 },
      because: 'nghttpx itself refuses',
      source: page,
    },
  ],
};
