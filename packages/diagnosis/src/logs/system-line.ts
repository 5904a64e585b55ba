import { type Line, type Meaning, meaningOf } from './line.ts';

/** The kernel, systemd and application servers: who says that the application itself ended or hung. */
const messages: readonly Meaning[] = [
  {
    of: /Out of memory: Kill(?:ed)? process \d{1,10} \([\w.:-]{1,40}\)|oom-kill:|Memory cgroup out of memory/u,
    cause: 'origin-closed-early',
  },
  {
    of: /Main process exited, code=(?:killed|dumped|exited), status=(?!0\b)\w{1,10}|Failed with result '[\w-]{1,40}'|Start request repeated too quickly/u,
    cause: 'origin-not-listening',
  },
  { of: /\[CRITICAL\] WORKER TIMEOUT \(pid:/u, cause: 'origin-timeout' },
  { of: /Worker \(pid:\d{1,10}\) (?:was sent SIG|exited with code)/u, cause: 'origin-closed-early' },
  { of: /uWSGI listen queue of socket [^\n]{1,200} full/u, cause: 'origin-saturated' },
  { of: /HARAKIRI/u, cause: 'origin-timeout' },
  { of: /FATAL ERROR: [^\n]{1,80}JavaScript heap out of memory/u, cause: 'origin-closed-early' },
];

const iso = /(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2})?/u;

/** Its time, when it is written with a year; with a zone it needs no shift, and is left as it is. */
const timeIn = (text: string): Pick<Line, 'at' | 'isAbsolute'> => {
  const found = iso.exec(text.slice(0, 200));
  if (found === null) return { at: null };
  const at = Date.parse(`${found[1]}T${found[2]}${found[3] === undefined || found[3] === 'Z' ? 'Z' : found[3]}`);
  return { at: Number.isNaN(at) ? null : at, isAbsolute: found[3] !== undefined };
};

export const systemLine = (text: string): Line | null => {
  const meaning = meaningOf(text, messages);
  return meaning === null ? null : { format: 'system', ...timeIn(text), cause: meaning.cause, upstream: null };
};
