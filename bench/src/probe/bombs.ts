import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startTarget } from '@farwatch/testkit';
import { forgetPeak, residentMiB } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { type Bomb, makeBombs, parts } from './bomb-bodies.ts';
import { startAsked } from './child.ts';
import type { Ask, Course, Looks } from './looker-asks.ts';

/** What is asserted makes a look keep, and read, what it would otherwise let go. */
const ofJson = [{ kind: 'json', path: '$.status', compare: 'equals', value: 'ok' }] as const;
const ofText = [{ kind: 'body', compare: 'contains', value: 'ok' }] as const;
const warmUpLooks = 300;
/** Some of them at a body that is long, and good: what reads such a one is started by the first. */
const longLooks = 20;
const page = (fill: number): string => JSON.stringify({ status: 'ok', fill: 'x'.repeat(fill) });

const startBombSite = (bombs: readonly Bomb[]) =>
  startTarget(({ url }, response) => {
    const bomb = bombs[Number(url?.slice(1))];
    if (bomb === undefined) {
      response.setHeader('content-type', 'application/json').end(page(url === '/long' ? 100_000 : 10));
      return;
    }
    const encoding = bomb.encoding === undefined ? {} : { 'content-encoding': bomb.encoding };
    response.writeHead(200, { 'content-type': bomb.type, ...encoding });
    pipeline(Readable.from(parts(bomb.body)), response).catch(() => undefined); // hung up on, as it should be
  });

const kindOf = ({ said }: Course): string => {
  const { verdict, failure } = JSON.parse(said[0] ?? '{}') as { verdict?: string; failure?: { kind: string } };
  return failure?.kind ?? verdict ?? 'nothing';
};

/** One look by a process that has looked at good sites before and has room to spare. */
const lookOnce = async (siteUrl: string, { name, type }: Bomb, index: number): Promise<readonly Figure[]> => {
  await using looker = await startAsked<Ask, Course>('./looker.ts', { execArgv: ['--expose-gc'] });
  const assertions = type === 'application/json' ? ofJson : ofText;
  const good = (path: string, looks: number): Looks[] =>
    Array.from({ length: looks }, () => ({ url: siteUrl + path, assertions }));
  await looker.ask({ requests: [...good('/good', warmUpLooks), ...good('/long', longLooks)], concurrency: 5 });
  await forgetPeak(looker.pid);
  const before = await residentMiB(looker.pid);
  const course = await looker.ask({ requests: [{ url: `${siteUrl}/${index}`, assertions }], concurrency: 1 });
  const grown = (await residentMiB(looker.pid, 'VmHWM')) - before;
  process.stdout.write(`  ${name}: ${kindOf(course)}\n`);
  return [
    { name: `${name}: CPU of one look`, value: course.cpuMs, unit: 'ms', wanted: '≤ 200' },
    { name: `${name}: heap and buffers, growth at most`, value: course.mostHeldMiB, unit: 'MiB', wanted: '≤ 16' },
    { name: `${name}: resident, growth at most`, value: grown, unit: 'MiB', wanted: '≤ 16' },
  ];
};

/** Bodies that are small on the wire and huge once unpacked or understood. */
export const bombs = async (): Promise<readonly Figure[]> => {
  const all = await makeBombs();
  await using site = await startBombSite(all);
  const figures: Figure[] = [];
  for (const [index, bomb] of all.entries()) figures.push(...(await lookOnce(site.url, bomb, index)));
  return figures;
};
