import {
  freePort,
  type NameAnswer,
  selfMadeCertificate,
  startNameServer,
  startRawTarget,
  startTlsTarget,
  startUnaccepting,
} from '@farwatch/testkit';
import { type ActName, acts, startOrigin } from './origins.ts';
import { type Scenario, stageOf, type Truth } from './scenario.ts';

const local = (port: number): string => `http://127.0.0.1:${port}/`;
const none = (broke: Truth['broke'], ...causes: Truth['causes']): Truth => ({ wrote: 'none', broke, causes });
const masked = (...causes: Truth['causes']): Truth => ({ wrote: 'other', broke: ['origin'], causes, isMasked: true });
const healthy: Truth = { wrote: 'other', broke: ['none'], causes: ['healthy'], isHealthy: true };

const at = (
  id: string,
  act: ActName,
  truth: Truth,
  request: NonNullable<Awaited<ReturnType<Scenario['stage']>>['request']> = {},
): Scenario => ({
  ...{ id: `direct-${id}`, needs: [], truth },
  stage: async () => {
    const origin = await startOrigin(act);
    return stageOf(local(origin.port), [origin], { request });
  },
});

const length: Truth = masked('compression-or-length', 'truncated-body');
/** Faults of compression and length, each of which browsers stumble over. */
const faults: readonly ActName[] = [
  ...([
    'gzip-cut',
    'gzip-corrupt',
    'gzip-not',
    'gzip-double',
    'gzip-unsaid',
    'gzip-length',
    'gzip-as-br',
    'br-cut',
    'br-not',
  ] as const),
  ...([
    'zstd-cut',
    'zstd-corrupt',
    'deflate-not',
    'length-long',
    'length-short',
    'cut-body',
    'cut-chunks',
    'reset-body',
  ] as const),
];
const controls = (Object.keys(acts) as readonly ActName[]).filter((name) => name.startsWith('good')); // the keys of a literal

const tls = (id: string, truth: Truth, certificate: Parameters<typeof selfMadeCertificate>[0]): Scenario => ({
  ...{ id: `direct-tls-${id}`, needs: [], truth },
  stage: async () => {
    const target = await startTlsTarget((_, res) => void res.end('Hello there'), { certificate: certificate ?? {} });
    return stageOf(`${target.url}/`, [target]);
  },
});
const dayMs = 86_400_000;
const untrusted = { issuer: { ...selfMadeCertificate({ commonName: 'Nobody' }), commonName: 'Nobody' } };

/** What a name server says of a name, and what is broken then. */
const names: readonly (readonly [id: string, NameAnswer, Truth['causes'][number]])[] = [
  ['silent', 'silence', 'dns-timeout'],
  ['no-address', [], 'dns-no-address'],
  ['private', ['10.0.0.5'], 'dns-private-address'],
];

export const direct: readonly Scenario[] = [
  ...faults.map((act) => at(act, act, length)),
  ...controls.map((act) => at(act, act, healthy)),
  at('good-head', 'good', healthy, { method: 'HEAD' }),
  at('empty', 'empty', masked('empty-page')),
  at('masked-title', 'masked-title', masked('masked-outage')),
  at('masked-php', 'masked-php', { ...masked('masked-outage', 'app-error'), wrote: 'php' }),
  at('masked-database', 'masked-database', masked('masked-outage', 'app-error')),
  at('masked-json', 'masked-json', masked('masked-outage', 'app-error')),
  at('closes', 'closes', none(['gateway', 'origin'], 'gateway-closed', 'origin-closed-early')),
  at('resets', 'resets', none(['gateway', 'origin'], 'gateway-closed', 'origin-reset')),
  at('garbage', 'garbage', none(['origin', 'gateway'], 'origin-invalid-response')),
  at('ssh', 'ssh', none(['origin', 'gateway'], 'origin-invalid-response', 'gateway-wrong-target')),
  at('silent', 'silent', none(['gateway', 'origin'], 'gateway-hang', 'origin-timeout'), { timeoutMs: 1_500 }),
  at('huge-headers', 'huge-headers', none(['origin'], 'origin-header-too-big')),
  at('error500', 'error500', { wrote: 'other', broke: ['origin'], causes: ['app-error'] }),
  at('maintenance', 'maintenance', { wrote: 'other', broke: ['origin'], causes: ['maintenance'] }),
  at('limited', 'limited', { wrote: 'other', broke: ['client'], causes: ['rate-limited'] }),
  at('missing', 'missing', { wrote: 'other', broke: ['origin', 'client'], causes: ['not-found'] }),
  {
    ...{ id: 'direct-refused', needs: [], truth: none(['gateway'], 'gateway-down') },
    stage: async () => stageOf(local(await freePort()), []),
  },
  {
    ...{
      id: 'direct-full-backlog',
      needs: [],
      truth: none(['gateway'], 'gateway-unreachable', 'gateway-overloaded', 'gateway-hang'),
    },
    stage: async () => {
      const server = await startUnaccepting();
      return stageOf(local(server.port), [server], { request: { timeoutMs: 1_500 } });
    },
  },
  {
    ...{ id: 'direct-http-on-tls-port', needs: [], truth: none(['client', 'gateway'], 'wrong-scheme') },
    stage: async () => {
      const origin = await startOrigin('good');
      return stageOf(`https://127.0.0.1:${origin.port}/`, [origin]);
    },
  },
  {
    ...{
      id: 'direct-tls-on-http-port',
      needs: [],
      truth: none(['client', 'gateway', 'origin'], 'wrong-scheme', 'gateway-closed'),
    },
    stage: async () => {
      const target = await startTlsTarget((_, res) => void res.end());
      return stageOf(local(target.port), [target]);
    },
  },
  {
    ...{ id: 'direct-tls-silent', needs: [], truth: none(['gateway'], 'gateway-hang') },
    stage: async () => {
      const target = await startRawTarget(() => undefined);
      return stageOf(`https://127.0.0.1:${target.port}/`, [target], { request: { timeoutMs: 1_500 } });
    },
  },
  tls('expired', none(['edge'], 'certificate-expired'), {
    ...untrusted,
    notBefore: Date.now() - 9 * dayMs,
    notAfter: Date.now() - dayMs,
  }),
  tls('self-signed', none(['edge'], 'certificate-self-signed'), {}),
  tls('untrusted', none(['edge'], 'certificate-chain'), untrusted),
  {
    ...{ id: 'direct-no-such-name', needs: [], truth: none(['edge'], 'dns-no-such-name') },
    stage: async () => {
      const server = await startNameServer(() => 'NXDOMAIN');
      return stageOf('http://shop.example/', [server], { request: { resolvers: [server.server] } });
    },
  },
  {
    ...{ id: 'direct-name-server-fails', needs: [], truth: none(['edge'], 'dns-server-failure') },
    stage: async () => {
      const server = await startNameServer(() => 'SERVFAIL');
      return stageOf('http://shop.example/', [server], { request: { resolvers: [server.server] } });
    },
  },
  tls('not-yet-valid', none(['edge'], 'certificate-not-yet-valid'), {
    ...untrusted,
    notBefore: Date.now() + dayMs,
    notAfter: Date.now() + 9 * dayMs,
  }),
  ...names.map(
    ([id, answer, cause]): Scenario => ({
      ...{ id: `direct-name-${id}`, needs: [], truth: none(['edge'], cause) },
      stage: async () => {
        const server = await startNameServer(() => answer);
        const request = { resolvers: [server.server], timeoutMs: 2_500 };
        return stageOf('http://shop.example/', [server], { request });
      },
    }),
  ),
];
