import { diedWorking } from './gateway-causes.ts';
import { body, header } from './marks.ts';
import type { Product } from './product.ts';

const page = 'docs.aws.amazon.com/elasticloadbalancing: troubleshoot your Application Load Balancers';
const waf = 'docs.aws.amazon.com/waf: how the CAPTCHA and Challenge actions work';
const fixed = 'docs.aws.amazon.com/elasticloadbalancing: listener rules, fixed-response actions';

export const awsAlb: Product = {
  id: 'aws-alb',
  name: 'AWS load balancer',
  role: 'gateway',
  writes: [
    header('Server', /^awselb\/\d\.\d$/u, 'proof', page),
    body(
      /^<html><body><b>Http\/1\.1 (?:Service Unavailable|Bad Gateway|Gateway Timeout)[^<]{0,80}<\/b><\/body>\s{0,2}<\/html>/iu,
      'proof',
      page,
    ),
  ],
  passes: [
    header('X-Amzn-Trace-Id', null, 'hint', page),
    header('Set-Cookie', /^AWSALB(?:CORS|APP-\d)?=/u, 'strong', page),
  ],
  requestIds: ['X-Amzn-Trace-Id'],
  timeoutsS: [10, 60],
  says: [
    {
      id: 'waf-challenge',
      status: [202, 405],
      marks: [header('x-amzn-waf-action', /^(?:challenge|captcha)$/u, 'proof', waf)],
      causes: { blocked: 40 },
      because: 'AWS WAF at the load balancer wants proof of a browser',
      source: waf,
    },
    {
      id: 'fixed',
      status: [500, 502, 503, 504],
      marks: [body(/^(?!\s*(?:<html>|$))/u, 'proof', fixed)],
      causes: { maintenance: 14, 'gateway-config': 12, 'origin-refusing': 6, 'no-live-upstream': 4 },
      because: 'a rule of the load balancer answers with a text of its own: no target was asked',
      source: fixed,
    },
    {
      id: '502-quick',
      status: [502],
      pace: 'instant',
      causes: {
        'origin-not-listening': 22,
        'origin-closed-early': 16,
        'origin-reset': 12,
        'origin-invalid-response': 8,
        'origin-header-too-big': 5,
        'gateway-wrong-target': 5,
        'upstream-tls': 4,
      },
      because: "the load balancer's target refused, reset, closed or sent no valid answer",
      source: page,
    },
    {
      id: '502',
      status: [502],
      causes: diedWorking,
      because: "the load balancer's target broke off while it worked",
      source: page,
    },
    {
      id: '503',
      status: [503],
      causes: { 'no-live-upstream': 40, 'gateway-overloaded': 2, maintenance: 1 },
      because: 'the load balancer has no registered, healthy target',
      source: page,
    },
    {
      id: '504',
      status: [504],
      causes: { 'origin-timeout': 24, 'origin-unreachable': 18, 'origin-saturated': 10, 'no-live-upstream': 1 },
      because: "the load balancer's target did not accept (10 s) or did not answer (60 s) in time",
      source: page,
    },
    { id: '403', status: [403], causes: { blocked: 40 }, because: 'AWS WAF turned the request away', source: page },
    {
      id: '460',
      status: [460],
      causes: { 'origin-timeout': 20, 'origin-saturated': 6 },
      because: 'the client closed before the target had answered',
      source: page,
    },
    {
      id: '561',
      status: [561],
      causes: { 'gateway-dependency': 40 },
      because: 'the identity provider that the load balancer asks failed',
      source: page,
    },
    {
      id: 'auth',
      status: [401],
      causes: { 'gateway-dependency': 10, 'origin-refusing': 20 },
      because: 'the load balancer wants a log-in',
      source: page,
    },
    {
      id: '4xx',
      status: [400, 405, 408, 413, 414, 463, 464],
      causes: { 'request-too-large': 10, 'wrong-scheme': 6, 'gateway-config': 10 },
      because: 'the load balancer itself refuses the request',
      source: page,
    },
    {
      id: '404',
      status: [404],
      causes: { 'gateway-config': 24, 'not-found': 10 },
      because: 'no rule of the load balancer fits this host and path',
      source: page,
    },
    {
      id: '500',
      status: [500, 501, 505],
      causes: { 'gateway-config': 14, 'gateway-overloaded': 6, 'gateway-dependency': 8 },
      because: 'the load balancer wrote this itself',
      source: page,
    },
  ],
};
