import { type Line, type Meaning, meaningOf, monthOf } from './line.ts';

const stamp =
  /\[(\d{2})-(\w{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2})(?:\.\d{1,6})?(?: [\w/+-]{1,40})?\] (?:(?:NOTICE|WARNING|ERROR|ALERT|DEBUG): |PHP )/u;

/** php-src, sapi/fpm/fpm/*.c */
const messages: readonly Meaning[] = [
  { of: /max_children setting|seems busy|listen\.backlog/u, cause: 'origin-saturated' },
  { of: /exited on signal (?:9|11|6|7|4)\b/u, cause: 'origin-reset' },
  { of: /execution timed out|executing too slow/u, cause: 'origin-timeout' },
  { of: /exited on signal 15/u, cause: 'origin-timeout', isEcho: true },
  {
    of: /unable to bind listening socket|another FPM instance|failed to post process|FPM initialization failed|Terminating/u,
    cause: 'origin-not-listening',
  },
  { of: /(?:PHP )?(?:Fatal|Parse) error|Uncaught |Allowed memory size|failed to ptrace/u, cause: 'app-error' },
  { of: /Primary script unknown/u, cause: 'not-found' },
];

/** A line of PHP-FPM's own log, or of PHP's error_log. */
export const phpFpmLine = (text: string): Line | null => {
  const found = stamp.exec(text.slice(0, 300));
  if (found === null) return null;
  const [, day, month = '', year, hour, minute, second] = found;
  const at = Date.UTC(Number(year), monthOf(month), Number(day), Number(hour), Number(minute), Number(second));
  const meaning = meaningOf(text, messages);
  const pool = /\[pool ([\w.-]{1,80})\]/u.exec(text)?.[1];
  return {
    ...{ format: 'php-fpm', at, cause: meaning?.cause ?? null, upstream: pool === undefined ? null : `pool ${pool}` },
    ...(meaning?.isEcho ? { isEcho: true } : {}),
  };
};
