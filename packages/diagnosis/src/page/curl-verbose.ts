import { between, clockOf, type Plain, plainUrl } from './plain.ts';

/** The progress meter, and what is said of pieces of data. */
export const isMeter = (line: string): boolean =>
  /^\s{0,8}(?:% Total {2,4}% Received|Dload {1,4}Upload|[{}] \[\d|\d{1,3} {1,4}[\d.kMG]{1,8} {1,4}\d)/u.test(line);

export const isVerbose = (lines: readonly string[]): boolean =>
  lines.some((line) =>
    /^(?:< HTTP\/\d|> [A-Z]{3,10} \S|\* {1,3}(?:Trying|Host|Connected|Could not|connect to) )/u.test(line),
  ) || lines.slice(0, 5).some((line) => isMeter(line));

type Part = Readonly<{ kind: 'head' | 'said' | 'body'; text: string }>;

/** Its last words stand right behind a body that ends without a new line. */
const lastWords =
  /^(.{0,4000}?)(\* (?:Connection #\d{1,6} to host|Closing connection|Recv failure|transfer closed).*)$/u;

const partsOf = (line: string): readonly Part[] => {
  const [, before, words] = lastWords.exec(line) ?? [];
  if (words !== undefined && before !== undefined)
    return [...(before === '' ? [] : partsOf(before)), { kind: 'said', text: words }];
  if (/^<(?: |$)/u.test(line)) return [{ kind: 'head', text: line.slice(2) }];
  if (/^[*>](?: |$)|^curl: \(/u.test(line)) return [{ kind: 'said', text: line }];
  return isMeter(line) ? [] : [{ kind: 'body', text: line }];
};

/** The head's lines and the body's; `curl -iv` prints each line of the head twice. */
const linesOf = (parts: readonly Part[]): readonly string[] => {
  const rest = parts.filter(({ kind }) => kind !== 'said');
  return rest
    .filter(({ kind, text }, n) => !(kind === 'body' && rest[n - 1]?.kind === 'head' && rest[n - 1]?.text === text))
    .map(({ text }) => text);
};

const connected =
  /^\* {1,3}(?:Connected to [^\s()]{1,255} \(([^()\s]{1,60})\) port \d{1,5}|Established connection to [^\s()]{1,255} \(([^()\s]{1,60}) port \d{1,5}\))/u;

const lastOf = (said: readonly string[], what: RegExp): RegExpExecArray | null =>
  said.reduce<RegExpExecArray | null>((found, line) => what.exec(line) ?? found, null);

/** `--trace-time` writes the time before each line. */
const timed = /^(\d\d:\d\d:\d\d\.\d{6}) (?=[*<>{}] )/u;
export const withoutTimes = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => line.replace(timed, ''));

const waitedIn = (lines: readonly string[]): number | null => {
  const at = (mark: string): number | null =>
    clockOf(lines.findLast((line) => timed.test(line) && line.slice(16).startsWith(mark))?.slice(0, 15));
  return between(at('> '), at('< HTTP/'), 0);
};

/** `curl -v`: answers behind `< `, requests behind `> `, its own words behind `* `, the body as it is. */
export const fromVerbose = (lines: readonly string[]): Plain => {
  const parts = withoutTimes(lines).flatMap(partsOf);
  const said = parts.filter(({ kind }) => kind === 'said').map(({ text }) => text);
  const [, old, recent] = lastOf(said, connected) ?? [];
  const [, method = null, path = '/'] = lastOf(said, /^> ([A-Z]{3,10}) (\S{1,2000}) HTTP\/\d/u) ?? [];
  const host = lastOf(said, /^> host: ?(\S{1,255})/iu)?.[1] ?? null;
  const isTls = said.some((line) => /^\* {1,3}(?:SSL connection using|ALPN|TLSv1)/u.test(line));
  return {
    ...{ lines: linesOf(parts), said, method, address: old ?? recent ?? null },
    waitedMs: waitedIn(lines),
    url: host === null ? null : plainUrl(`${isTls ? 'https' : 'http'}://${host}${path.startsWith('/') ? path : '/'}`),
  };
};
