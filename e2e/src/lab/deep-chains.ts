import { programsOf } from './behind-gateways.ts';
import { chain, chains } from './chains.ts';
import { type GatewayName, gatewayNames, startGateway } from './gateways.ts';
import { php } from './nginx-alone.ts';
import { type Behaviour, startOrigin } from './origins.ts';
import { phpFpmNames, startPhpFpm } from './php-fpm.ts';
import { type Scenario, stageOf, type Truth } from './scenario.ts';

const known = new Set(chains.map(({ id }) => id));
const pairs = gatewayNames.flatMap((outer) =>
  gatewayNames.filter((inner) => inner !== outer).map((inner) => [outer, inner] as const),
);
const broken = (wrote: Truth['wrote'], ...causes: Truth['causes']): Truth => ({ wrote, broke: ['origin'], causes });

/** Three in a row, before an origin that misbehaves. */
const three = (
  names: readonly [GatewayName, GatewayName, GatewayName],
  behaviour: Behaviour,
  truth: Truth,
): Scenario => ({
  id: `${names.join('-')}-${behaviour}`,
  needs: programsOf(...names),
  truth: { ...truth, isRelayed: true },
  stage: async () => {
    const [outer, middle, inner] = names;
    const origin = await startOrigin(behaviour);
    const last = await startGateway(inner, { port: origin.port }, { timeoutS: 1 });
    const second = await startGateway(middle, { port: last.port }, { timeoutS: 3, hidesVersion: true });
    const first = await startGateway(outer, { port: second.port }, { timeoutS: 5 });
    return stageOf(`http://127.0.0.1:${first.port}/`, [origin, last, second, first], { log: last.log });
  },
});

/** A gateway before nginx before PHP-FPM. */
const beforePhp = (outer: GatewayName, id: string, script: string, truth: Truth): Scenario => ({
  id: `${outer}-nginx-php-${id}`,
  needs: [...programsOf(outer, 'nginx'), phpFpmNames],
  truth,
  stage: async () => {
    const fpm = await startPhpFpm({ script });
    const extra = `fastcgi_param SCRIPT_FILENAME ${fpm.script};`;
    const nginx = await startGateway('nginx', { port: fpm.port, speaks: 'fastcgi' }, { extra, timeoutS: 1 });
    const without = await startGateway(outer, { port: nginx.port }, { timeoutS: 4 });
    const log = async (): Promise<string> => `${await nginx.log()}\n${await fpm.log()}`;
    return stageOf(`http://127.0.0.1:${without.port}/`, [fpm, nginx, without], { log });
  },
});

const killed = '<?php posix_kill(getmypid(), 9); usleep(900000);';
const outers: readonly GatewayName[] = ['haproxy', 'varnish', 'caddy', 'apache'];

export const deepChains: readonly Scenario[] = [
  ...pairs
    .map(([outer, inner]) => chain(outer, inner, 'dead', broken(inner, 'origin-not-listening')))
    .filter(({ id }) => !known.has(id)),
  ...pairs.map(([outer, inner]) => chain(outer, inner, 'error500', broken('other', 'app-error'))),
  three(['varnish', 'haproxy', 'nginx'], 'dead', broken('nginx', 'origin-not-listening')),
  three(['haproxy', 'varnish', 'nginx'], 'dead', broken('nginx', 'origin-not-listening')),
  three(['caddy', 'haproxy', 'apache'], 'closes', broken('apache', 'origin-closed-early')),
  three(['haproxy', 'caddy', 'nginx'], 'silent', broken('nginx', 'origin-timeout')),
  ...outers.flatMap((outer) => [
    beforePhp(outer, 'killed', killed, { ...broken('nginx', 'origin-reset', 'origin-closed-early'), isRelayed: true }),
    beforePhp(outer, 'slow', '<?php sleep(6);', {
      ...broken('nginx', 'origin-timeout', 'origin-saturated'),
      isRelayed: true,
    }),
    beforePhp(outer, 'fatal', '<?php throw new Exception("no");', { ...broken('other', 'app-error'), isRelayed: true }),
    beforePhp(outer, 'blank', '<?php exit;', { ...broken('other', 'empty-page'), isMasked: true }),
  ]),
  php(
    'out-of-memory',
    { ...broken('other', 'app-error'), isRelayed: true },
    {
      script: '<?php ini_set("memory_limit", "4M"); $a = str_repeat("x", 90000000);',
    },
  ),
  php(
    'too-long',
    { ...broken('other', 'app-error'), isRelayed: true },
    {
      script: '<?php set_time_limit(1); while (true) { $a = md5("x"); }',
    },
  ),
];
