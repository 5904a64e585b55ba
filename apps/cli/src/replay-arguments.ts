import { parseArgs } from 'node:util';
import type { PolicySettings } from '@farwatch/domain';

export type ReplayArguments = Readonly<{
  url: string;
  key: string;
  monitorId: string;
  /** Epoch ms. */
  from: number;
  to: number;
  compare: boolean;
  /** What is to be tried instead of the monitor's own settings. */
  settings: Partial<PolicySettings>;
}>;

export const usage = `farwatch replay MONITOR-ID [--from TIME] [--to TIME] [--compare]
                [--agree any|majority|all|N] [--failures N] [--successes N] [--grace MS]
                [--url URL] [--key KEY]
Judges a monitor's log again and prints the incidents it comes to, a line of JSON each. --compare tells where the stored
ones, or the stored spans of the failures in each region, differ and then ends with 1. Each look is judged by the policy of
its time; --agree, --failures, --successes and --grace try another one on all of them. An incident under way at --from is
judged from its beginning. The URL and the key may stand in FARWATCH_URL and FARWATCH_API_KEY. A day unless said.`;

const whole = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/u.test(text)) throw new Error(`--${name} is a whole number, not “${text}”`);
  return Number(text);
};
const moment = (name: string, text: string | undefined, fallback: number): number => {
  const at = text === undefined ? fallback : Date.parse(text);
  if (Number.isNaN(at)) throw new Error(`--${name} is a moment such as 2026-11-27T14:00:00Z, not “${text}”`);
  return at;
};
/** Neither is ever repeated in an error text: both may hold a secret. */
const keyOf = (text: string | undefined): string => {
  if (text === undefined) throw new Error('an API key is needed: --key or FARWATCH_API_KEY');
  if (!/^[\x21-\x7e]+$/u.test(text)) throw new Error('the API key holds a space, a line break or a letter no key has');
  return text;
};
const urlOf = (text: string): string => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol))
    throw new Error('--url is an address such as https://farwatch.example');
  if (url.username !== '' || url.password !== '')
    throw new Error('--url holds a user name or password; only a key is used');
  return text;
};
const agreeOf = (text: string | undefined): PolicySettings['agree'] | undefined =>
  text === undefined || text === 'any' || text === 'majority' || text === 'all' ? text : whole('agree', text);

/** Reads the command line; `help` when that is what is asked for. Throws what is wrong with it in words. */
export const parseReplay = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  now: number,
): ReplayArguments | 'help' => {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ from: text, to: text, agree: text, failures: text, successes: text, grace: text, url: text, key: text },
      compare: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return 'help';
  const [monitorId] = positionals;
  if (monitorId === undefined || positionals.length > 1) throw new Error(`which monitor?\n${usage}`);
  const key = keyOf(values.key ?? env.FARWATCH_API_KEY);
  const to = moment('to', values.to, now);
  const from = moment('from', values.from, to - 86_400_000);
  if (from >= to) throw new Error('--from must lie before --to');
  const agree = agreeOf(values.agree);
  const failuresToOpen = whole('failures', values.failures);
  const successesToResolve = whole('successes', values.successes);
  const graceMs = whole('grace', values.grace);
  return {
    ...{ url: urlOf(values.url ?? env.FARWATCH_URL ?? 'http://127.0.0.1:3000'), key, monitorId, from, to },
    compare: values.compare,
    settings: {
      ...(agree === undefined ? {} : { agree }),
      ...(failuresToOpen === undefined ? {} : { failuresToOpen }),
      ...(successesToResolve === undefined ? {} : { successesToResolve }),
      ...(graceMs === undefined ? {} : { graceMs }),
    },
  };
};
