import { isStatusLine } from './head.ts';

/** What a line begins, as far as it says itself. */
type Begins = 'log' | 'page' | null;

/** How lines of the logs that are read begin. */
const logStarts: readonly RegExp[] = [
  /^(?:\S{1,80} {1,4}\| )?\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? ?(?:\[\w{1,10}\]|\t?(?:DEBUG|INFO|WARN|ERROR|FATAL|PANIC)\b)/u, // nginx error log, Caddy's console
  /^\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d(?:\.\d{1,9})? \d{4}\] \[/u, // Apache httpd
  /^\[\d\d-\w{3}-\d{4} \d\d:\d\d:\d\d(?:\.\d{1,9})?(?: [\w/+:-]{1,40})?\] /u, // PHP-FPM, PHP
  /^(?:<\d{1,3}>)?\w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d \S{1,255} \S{1,100}: /u, // syslog
  /^(?:<\d{1,3}>)?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.,]{0,10}(?:Z|[+-]\d\d:?\d\d)?:? \S/u, // syslog with ISO times, container logs, lighttpd
  /^\{"(?:level|ts|time|timestamp|logger|msg|@timestamp|severity)":/u, // Caddy and kin, JSON
  /^\S{1,255}:? \S{1,80} \S{1,80} \[\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d(?:\.\d{1,6})?/u, // access logs
  /^(?:\S{1,80}\[\d{1,9}\]: )?[0-9a-f.:]{3,45}:\d{1,5} \[\d\d\/\w{3}\/\d{4}:/u, // HAProxy without syslog
  /^\[(?:WARNING|ALERT|NOTICE)\] /u, // HAProxy's own
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?: kid\d{1,3})?\| /u, // Squid
  /^(?:Debug|Info|Error|Warning): /u, // varnishd
];
const pageStarts =
  /^\s{0,80}(?:<(?:!doctype|html|head|body|\?xml)|[<>] (?:HTTP\/|[A-Z]{3,10} \/)|\* (?:Trying|Connected|Host)|--\d{4}-\d\d-\d\d|curl: \()/iu;
/** Its last line bears a time as a log's does. */
const wgetEnd = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:ERROR \d{3}: |\()/u;
const longest = 2_000;

const beginsOf = (line: string): Begins => {
  const start = line.slice(0, longest).replace(/^\d\d:\d\d:\d\d\.\d{6} (?=[*<>] )/u, '');
  if (wgetEnd.test(start)) return null;
  if (isStatusLine(start) || pageStarts.test(start)) return 'page';
  return logStarts.some((each) => each.test(start)) ? 'log' : null;
};

/** Tells an answer from log lines, line by line: what stands between belongs to what stood before. */
export const sorter = (): ((line: string) => 'log' | 'page') => {
  let now: 'log' | 'page' | null = null;
  return (line) => {
    now = beginsOf(line) ?? now;
    return now ?? 'page';
  };
};

/** What a text is by its first lines: a page, a log, or both in one. `other` = nothing that says so itself. */
export const kindOfText = (start: string): 'page' | 'log' | 'both' | 'other' => {
  const seen = new Set<Begins>();
  for (const line of start.split(/\r?\n/u)) {
    const begins = beginsOf(line);
    // In a log, what a page looks like may be an entry's own lines; a page that shows log lines is told by its beginning.
    if (begins !== null) seen.add(begins);
  }
  if (seen.has('page')) return seen.has('log') ? 'both' : 'page';
  return seen.has('log') ? 'log' : 'other';
};
