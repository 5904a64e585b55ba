import { noAnswerInTime } from './gateway-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'learn.microsoft.com/azure/application-gateway/http-response-codes';

export const azureApplicationGateway: Product = {
  id: 'azure-application-gateway',
  name: 'Azure Application Gateway',
  role: 'gateway',
  writes: [
    body(/<center>Microsoft-Azure-Application-Gateway\/v\d<\/center>/u, 'proof', page),
    header('Server', /^Microsoft-Azure-Application-Gateway\/v\d$/u, 'strong', page),
  ],
  passes: [
    header('Server', /^Microsoft-Azure-Application-Gateway\/v\d$/u, 'strong', page),
    header('Set-Cookie', /^ApplicationGatewayAffinity/u, 'strong', page),
  ],
  timeoutsS: [20, 30],
  says: [
    {
      id: '502',
      status: [502],
      causes: {
        'no-live-upstream': 20,
        'origin-not-listening': 10,
        'upstream-tls': 8,
        'origin-closed-early': 8,
        'origin-unreachable': 8,
        'upstream-dns': 4,
        'origin-timeout': 3,
        'origin-reset': 4,
      },
      because: "the gateway's backend pool is empty or unhealthy, or a backend gave no valid answer",
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: noAnswerInTime,
      because: "the backend did not answer within the gateway's timeout",
      source: page,
    },
    {
      id: '403',
      status: [403],
      causes: { blocked: 40 },
      because: "the gateway's firewall (WAF) turned the request away",
      source: page,
    },
    {
      id: '4xx',
      status: [400, 404, 405, 408, 413],
      causes: { 'gateway-config': 14, 'request-too-large': 8, 'wrong-scheme': 4 },
      because: 'the gateway itself refuses the request',
      source: page,
    },
    {
      id: '500',
      status: [500, 503],
      causes: { 'gateway-config': 10, 'gateway-overloaded': 14 },
      because: 'the gateway itself has trouble',
      source: page,
    },
  ],
};
