import { programsOf } from './behind-gateways.ts';
import { type GatewayName, startGateway } from './gateways.ts';
import { type Behaviour, startOrigin } from './origins.ts';
import { type Scenario, stageOf, type Truth } from './scenario.ts';

/** The outer gateway passes on what the inner one wrote. */
export const chain = (
  outer: GatewayName,
  inner: GatewayName,
  behaviour: Behaviour,
  truth: Omit<Truth, 'isRelayed'>,
): Scenario => ({
  id: `${outer}-${inner}-${behaviour}`,
  needs: programsOf(outer, inner),
  truth: { ...truth, isRelayed: true },
  stage: async () => {
    const origin = await startOrigin(behaviour);
    const within = await startGateway(inner, { port: origin.port }, { timeoutS: 1 });
    const without = await startGateway(outer, { port: within.port }, { timeoutS: 4 });
    return stageOf(`http://127.0.0.1:${without.port}/`, [origin, within, without], { log: within.log });
  },
});

const dead = (wrote: GatewayName): Omit<Truth, 'isRelayed'> => ({
  wrote,
  broke: ['origin'],
  causes: ['origin-not-listening'],
});
const closed = (wrote: GatewayName): Omit<Truth, 'isRelayed'> => ({
  wrote,
  broke: ['origin'],
  causes: ['origin-closed-early'],
});
const late = (wrote: GatewayName): Omit<Truth, 'isRelayed'> => ({
  wrote,
  broke: ['origin'],
  causes: ['origin-timeout'],
});

export const chains: readonly Scenario[] = [
  chain('varnish', 'nginx', 'dead', dead('nginx')),
  chain('haproxy', 'nginx', 'dead', dead('nginx')),
  chain('caddy', 'nginx', 'dead', dead('nginx')),
  chain('apache', 'nginx', 'dead', dead('nginx')),
  chain('squid', 'nginx', 'dead', dead('nginx')),
  chain('lighttpd', 'nginx', 'dead', dead('nginx')),
  chain('nginx', 'apache', 'dead', dead('apache')),
  chain('nginx', 'haproxy', 'dead', dead('haproxy')),
  chain('nginx', 'varnish', 'dead', dead('varnish')),
  chain('nginx', 'squid', 'closes', closed('squid')),
  chain('nginx', 'lighttpd', 'dead', dead('lighttpd')),
  chain('haproxy', 'apache', 'closes', closed('apache')),
  chain('varnish', 'haproxy', 'closes', closed('haproxy')),
  chain('caddy', 'apache', 'dead', dead('apache')),
  chain('haproxy', 'nginx', 'silent', late('nginx')),
  chain('varnish', 'nginx', 'silent', late('nginx')),
  chain('haproxy', 'varnish', 'dead', dead('varnish')),
];
