import { type Plain, plainUrl } from './plain.ts';

const label =
  /^(Request URL|Request Method|Status Code|Remote Address|Status|Version|Address|Transferred|Referrer Policy|Request Priority|DNS Resolution)(?::| {2}|$)\s{0,4}(.{0,2000})$/u;

export const isDevtools = (lines: readonly string[]): boolean =>
  lines.slice(0, 40).filter((line) => /^(?:Request URL|Request Method|Status Code|Referrer Policy)\b/u.test(line))
    .length >= 2;

type Read = Readonly<{ labels: ReadonlyMap<string, string>; rest: readonly string[] }>;

/** A label and its value stand on one line or on two. */
const read = (lines: readonly string[]): Read => {
  const labels = new Map<string, string>();
  const rest: string[] = [];
  for (let n = 0; n < lines.length; n++) {
    const line = (lines[n] ?? '').trimEnd();
    const [, name, value = ''] = label.exec(line) ?? [];
    if (name !== undefined) labels.set(name, value === '' ? (lines[++n] ?? '').trim() : value);
    else if (/^:?[A-Za-z0-9-]{1,100}:$/u.test(line)) rest.push(`${line} ${(lines[++n] ?? '').trim()}`);
    else if (!/^(?:General|Response Headers|Request Headers)\b/u.test(line)) rest.push(line);
  }
  return { labels, rest };
};

/** A browser's network panel, as it is copied. */
export const fromDevtools = (lines: readonly string[]): Plain => {
  const { labels, rest } = read(lines);
  const status = /\d{3}.{0,200}/u.exec(labels.get('Status Code') ?? labels.get('Status') ?? '')?.[0];
  const isWhole = status === undefined || rest.some((line) => /^HTTP\/\d/u.test(line));
  const begin = Math.max(
    0,
    rest.findIndex((line) => line !== ''),
  );
  const address = (labels.get('Remote Address') ?? labels.get('Address') ?? '').replace(/:\d{1,5}$/u, '');
  return {
    lines: isWhole ? rest.slice(begin) : [`HTTP/1.1 ${status}`, ...rest.slice(begin)],
    said: [],
    waitedMs: null,
    method: labels.get('Request Method') ?? null,
    address: address === '' ? null : address.replace(/^\[|\]$/gu, ''),
    url: plainUrl(labels.get('Request URL') ?? ''),
  };
};
