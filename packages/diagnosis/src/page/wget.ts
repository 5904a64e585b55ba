import { between, clockOf, type Plain, plainUrl } from './plain.ts';

export const isWget = (lines: readonly string[]): boolean =>
  lines.some((line) => /^(?:HTTP request sent, awaiting response|--\d{4}-\d\d-\d\d \d\d:\d\d:\d\d-- )/u.test(line));

/** What it says of its own doing. */
const own =
  /^(?:--\d{4}-|Resolving |Connecting to |Reusing existing |HTTP request sent|Location: |Length: |Saving to|Proxy request|Retrying|Giving up|wget: |\d{4}-\d\d-\d\d \d\d:\d\d:\d\d |\s{0,8}\d{1,8}K |[^\s<]{0,80}\s{1,8}\d{0,3}%?\[)/u;

const lastOf = (lines: readonly string[], what: RegExp): string | null =>
  lines.reduce<string | null>((found, line) => what.exec(line)?.[1] ?? found, null);

/** `wget -S`: headers two blanks further in; without -S the status stands behind its own words. */
export const fromWget = (lines: readonly string[]): Plain => {
  const heads = lines.flatMap((line) => {
    const status = /^HTTP request sent, awaiting response\.\.\. (\d{3} .{0,200})$/u.exec(line)?.[1];
    if (status !== undefined) return [`HTTP/1.1 ${status}`, ''];
    if (/^HTTP request sent/u.test(line)) return [''];
    return /^ {2}\S/u.test(line) ? [line.slice(2)] : [];
  });
  return {
    lines: [...heads, '', ...lines.filter((line) => !/^ {2}\S/u.test(line) && !own.test(line))],
    said: lines.filter((line) => own.test(line)),
    method: null,
    // In whole seconds: what is shorter than two says nothing.
    waitedMs: between(
      clockOf(lastOf(lines, /^--[\d-]{10} ([\d:]{8})-- /u) ?? ''),
      clockOf(lastOf(lines, /^[\d-]{10} ([\d:]{8}) (?:ERROR|\()/u) ?? ''),
      2_000,
    ),
    address: lastOf(lines, /^Connecting to .{0,300}\|([^|]{1,60})\|/u),
    url: plainUrl(lastOf(lines, /^--[\d :-]{10,30}-- {1,4}(\S{1,2000})/u) ?? ''),
  };
};
