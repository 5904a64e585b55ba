import { type GatewayName, startGateway, type Variety } from './gateways.ts';
import { type ActName, type Behaviour, startOrigin } from './origins.ts';
import { type Scenario, stageOf, type Truth } from './scenario.ts';
import { behindGateway, type Told } from './truths.ts';

const programs: Readonly<Record<GatewayName, readonly string[]>> = {
  nginx: ['nginx'],
  apache: ['apache2', 'httpd'],
  haproxy: ['haproxy'],
  varnish: ['varnishd'],
  squid: ['squid'],
  caddy: ['caddy'],
  lighttpd: ['lighttpd'],
};
export const programsOf = (...names: readonly GatewayName[]): readonly (readonly string[])[] =>
  names.map((name) => programs[name]);

/** Answers that come from the origin as they are. */
const passedOn: ReadonlySet<Behaviour> = new Set<Behaviour>([
  ...(['error500', 'error500-php', 'maintenance', 'refusing', 'limited', 'missing', 'empty', 'masked-title'] as const),
  ...(['masked-php', 'masked-database', 'masked-json'] as const),
  ...([
    'gzip-cut',
    'gzip-corrupt',
    'gzip-not',
    'gzip-length',
    'length-long',
    'cut-body',
    'cut-chunks',
    'reset-body',
  ] as const),
]);
const masked: ReadonlySet<Behaviour> = new Set<Behaviour>([
  ...(['empty', 'masked-title', 'masked-php', 'masked-database', 'masked-json', 'cut-body', 'cut-chunks'] as const),
  ...(['reset-body', 'gzip-cut', 'gzip-corrupt', 'gzip-not', 'gzip-length', 'length-long'] as const),
]);

/** Where a gateway does otherwise than most: who wrote what came. Measured on Debian 12. */
const writers: Readonly<Partial<Record<`${GatewayName} ${Told}`, Truth['wrote']>>> = {
  'nginx garbage': 'none',
  'nginx ssh': 'none',
  'squid garbage': 'other',
  'squid ssh': 'other',
  'squid cut-head': 'other',
  'caddy huge-headers': 'none',
  'varnish gzip-cut': 'other',
};

const wroteIn = (gateway: GatewayName, told: Told): Truth['wrote'] =>
  writers[`${gateway} ${told}`] ?? (passedOn.has(told) ? 'other' : gateway);

export const behind = (gateway: GatewayName, told: Told, variety: Variety, name: string): Scenario => {
  const wrote = wroteIn(gateway, told);
  return {
    id: `${gateway}-${told}${name}`,
    needs: programsOf(gateway),
    truth: {
      ...{ wrote, ...behindGateway[told] },
      // HAProxy has one word for both, in its answer and in its log.
      ...(gateway === 'haproxy' && (told === 'resets' || told === 'resets-at-once')
        ? { causes: ['origin-reset', 'origin-closed-early'] }
        : {}),
      ...(gateway === 'haproxy' && told === 'huge-headers'
        ? { causes: ['origin-header-too-big', 'origin-invalid-response'] }
        : {}),
      ...(gateway === 'squid' && told === 'cut-head'
        ? { causes: ['empty-page', 'truncated-body', 'origin-closed-early'] }
        : {}),
      isRelayed: wrote === 'other' && !masked.has(told),
      isMasked:
        masked.has(told) || (gateway === 'squid' && (told === 'garbage' || told === 'ssh' || told === 'cut-head')),
    },
    stage: async () => {
      const origin = await startOrigin(told);
      const started = await startGateway(gateway, { port: origin.port }, variety);
      return stageOf(`http://127.0.0.1:${started.port}/`, [origin, started], { log: started.log });
    },
  };
};

const everywhere: readonly Told[] = [
  ...(['dead', 'silent', 'closes', 'dies-working', 'resets', 'garbage', 'huge-headers', 'cut-head'] as const),
  ...(['cut-body', 'error500', 'tls'] as const),
];
const gateways = Object.keys(programs) as readonly GatewayName[]; // the keys of a literal

const passing: readonly Told[] = [
  ...([
    'maintenance',
    'refusing',
    'limited',
    'missing',
    'empty',
    'masked-title',
    'masked-php',
    'masked-database',
    'masked-json',
  ] as const),
  ...(['gzip-cut', 'gzip-not', 'gzip-length', 'cut-chunks', 'length-long'] as const),
];

/** Good answers through each gateway: nothing may be called broken. */
const control = (gateway: GatewayName, act: ActName, variety: Variety = {}): Scenario => ({
  id: `${gateway}-${act}`,
  needs: programsOf(gateway),
  truth: { wrote: 'other', broke: ['none'], causes: ['healthy'], isHealthy: true },
  stage: async () => {
    const origin = await startOrigin(act);
    const started = await startGateway(gateway, { port: origin.port }, variety);
    return stageOf(`http://127.0.0.1:${started.port}/`, [origin, started], { log: started.log });
  },
});
const controls: readonly Scenario[] = [
  ...gateways.map((gateway) => control(gateway, 'good')),
  ...(['nginx', 'haproxy', 'caddy', 'varnish'] as const).map((gateway) => control(gateway, 'good-gzip')),
  control('nginx', 'good-chunks', { extra: 'gzip on; gzip_types *; gzip_min_length 1;' }),
  control('nginx', 'good-br', { hidesVersion: true }),
  control('apache', 'good-gzip-chunks'),
  control('squid', 'good-tiny'),
  control('lighttpd', 'good-json'),
];

/** Every gateway before an origin that misbehaves; some once more with other settings that change nothing. */
export const behindGateways: readonly Scenario[] = [
  ...controls,
  ...gateways.flatMap((gateway) => everywhere.map((told) => behind(gateway, told, {}, ''))),
  ...passing.flatMap((told, n) => [
    behind('nginx', told, { hidesVersion: n % 2 === 0 }, ''),
    behind((['haproxy', 'apache', 'caddy', 'squid'] as const)[n % 4] ?? 'haproxy', told, {}, ''),
  ]),
  ...(['nginx', 'apache', 'lighttpd'] as const).flatMap((gateway) => [
    behind(gateway, 'dead', { hidesVersion: true }, '-no-version'),
    behind(gateway, 'silent', { hidesVersion: true, timeoutS: 3 }, '-no-version'),
  ]),
  ...(['nginx', 'apache', 'haproxy', 'varnish'] as const).map((gateway) => behind(gateway, 'closes-at-once', {}, '')),
  behind('nginx', 'resets-at-once', {}, ''),
  behind('haproxy', 'silent', { timeoutS: 1 }, '-1s'),
];
