import { cpuMsOf } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { startBlackbox } from './blackbox.ts';
import { type AskedChild, startAsked } from './child.ts';
import type { Ask } from './looker-asks.ts';
import { median } from './ranks.ts';
import { type Saturation, type Spent, saturate } from './saturate.ts';
import { startSite } from './site.ts';

const concurrency = 20;
const rounds = 5;
const checks = 1_500;

/** One that does checks; answers CPU per check, µs. */
type Contestant = Readonly<{ name: string; spend: () => Promise<number> }>;

const perCheck = (name: string, { cpuMs, failed }: Spent): number => {
  if (failed > 0) throw new Error(`${name}: ${failed} of ${checks} checks failed`);
  return (cpuMs * 1_000) / checks;
};

const inChild = <Q extends object>(
  name: string,
  child: AskedChild<Q | Saturation, Spent>,
  url: string,
): Contestant => ({ name, spend: async () => perCheck(name, await child.ask({ url, checks, concurrency })) });

/** Alternates, so that what else the machine does meets all alike; the first round only warms up. */
const compete = async (contestants: readonly Contestant[]): Promise<ReadonlyMap<string, readonly number[]>> => {
  const spent = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { name, spend } of contestants) {
      const each = await spend();
      if (round > 0) spent.get(name)?.push(each);
    }
  }
  return spent;
};

/** The median of the ratios within each round. */
const ratio = (spent: ReadonlyMap<string, readonly number[]>, one: string, other: string): number => {
  const others = spent.get(other) ?? [];
  return median((spent.get(one) ?? []).map((value, i) => value / (others[i] ?? Number.NaN)));
};

const [lookTls, bareTls, blackboxTls] = ['look, HTTPS', 'bare node:tls loop', 'blackbox, HTTPS'];
const [lookPlain, barePlain] = ['look, HTTP', 'bare node:net loop'];

/** CPU per fresh check at full load, each process's own. */
export const cpu = async (): Promise<readonly Figure[]> => {
  await using stack = new AsyncDisposableStack();
  const site = stack.use(await startSite());
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: site.caFile };
  const looker = stack.use(await startAsked<Ask, Spent>('./looker.ts', { env }));
  const bare = stack.use(await startAsked<Saturation, Spent>('./bare.ts', { env }));
  const blackbox = stack.use(await startBlackbox(site.caFile));
  const askBlackbox = async (): Promise<number> => {
    const before = await cpuMsOf(blackbox.pid);
    const { failed } = await saturate({ url: site.https, checks, concurrency }, () => blackbox.probe(site.https));
    return perCheck(blackboxTls, { failed, cpuMs: (await cpuMsOf(blackbox.pid)) - before });
  };
  const spent = await compete([
    inChild(lookTls, looker, site.https),
    inChild(bareTls, bare, site.https),
    { name: blackboxTls, spend: askBlackbox },
    inChild(lookPlain, looker, site.http),
    inChild(barePlain, bare, site.http),
  ]);
  const each = [...spent].map(([name, values]) => ({
    name: `${name}: CPU per check`,
    value: median(values),
    unit: 'µs',
  }));
  return [
    ...each,
    { name: 'look ÷ bare loop, HTTPS', value: ratio(spent, lookTls, bareTls), unit: '×', wanted: '≤ 1.25' },
    { name: 'look ÷ blackbox, HTTPS', value: ratio(spent, lookTls, blackboxTls), unit: '×', wanted: '≤ 0.9' },
    { name: 'look ÷ bare loop, HTTP', value: ratio(spent, lookPlain, barePlain), unit: '×', wanted: '≤ 2.5' },
  ];
};
