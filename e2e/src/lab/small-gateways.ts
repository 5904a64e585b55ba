import { freePort } from '@farwatch/testkit';
import { type Behaviour, startOrigin } from './origins.ts';
import { startProgram } from './program.ts';
import { type Scenario, stageOf, type Truth } from './scenario.ts';
import { behindGateway, type Told } from './truths.ts';

/** Gateways that few run, each with one way to be set up. */
const small = {
  h2o: (port: number, to: number) => ({
    names: ['h2o'],
    logFile: 'error.log',
    files: {
      'h2o.conf': `${process.getuid?.() === 0 ? 'user: root\n' : ''}listen:
  host: 127.0.0.1
  port: ${port}
error-log: FOLDER/error.log
hosts:
  default:
    paths:
      "/":
        proxy.reverse.url: "http://127.0.0.1:${to}/"
        proxy.timeout.io: 2000
`,
    },
    args: () => ['-c', 'FOLDER/h2o.conf'],
  }),
  nghttpx: (port: number, to: number) => ({
    names: ['nghttpx'],
    logFile: 'error.log',
    files: {
      'nghttpx.conf': `frontend=127.0.0.1,${port};no-tls
backend=127.0.0.1,${to}
backend-read-timeout=2s
backend-connect-timeout=2s
workers=1
errorlog-file=FOLDER/error.log
`,
    },
    args: () => ['--conf=FOLDER/nghttpx.conf'],
  }),
} as const;
export type SmallName = keyof typeof small;
export const smallNames = Object.keys(small) as readonly SmallName[]; // the keys of a literal

const own: readonly Told[] = ['dead', 'silent', 'closes', 'dies-working', 'resets', 'garbage'];
const passed: readonly Told[] = ['error500', 'maintenance', 'limited', 'missing', 'masked-database', 'gzip-not'];
const masked: ReadonlySet<Behaviour> = new Set<Behaviour>(['masked-database', 'gzip-not']);
const healthy: Truth = { wrote: 'other', broke: ['none'], causes: ['healthy'], isHealthy: true };

const behind = (name: SmallName, behaviour: Behaviour, truth: Truth): Scenario => ({
  id: `${name}-${behaviour}`,
  needs: [[name]],
  truth,
  stage: async () => {
    const origin = await startOrigin(behaviour);
    const port = await freePort();
    const started = await startProgram({ ...small[name](port, origin.port), port });
    return stageOf(`http://127.0.0.1:${port}/`, [origin, started], { log: started.log });
  },
});

export const behindSmall: readonly Scenario[] = smallNames.flatMap((name) => [
  ...own.map((told) => behind(name, told, { wrote: name, ...behindGateway[told] })),
  ...passed.map((told) => {
    const isMasked = masked.has(told);
    return behind(name, told, { wrote: 'other', ...behindGateway[told], isMasked, isRelayed: !isMasked });
  }),
  ...(['good', 'good-gzip', 'good-chunks'] as const).map((told) => behind(name, told, healthy)),
]);
