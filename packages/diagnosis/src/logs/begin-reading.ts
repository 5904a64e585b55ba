import { caddySaid } from './caddy-line.ts';
import { openKeptLines } from './kept-lines.ts';
import type { Line } from './line.ts';
import { readLine } from './read-line.ts';
import type { CauseCount, LogEntry, LogFormat, LogReading } from './reading.ts';
import { redactLine } from './redact.ts';
import { findShift } from './shift.ts';
import { openTallies, type Tally } from './tally.ts';
import { unwrap } from './unwrap.ts';
import { type LogIncident, regionsBeside, type Window, windowOf } from './window.ts';

export type ReadingSettings = Readonly<{
  /** What the lines are read against; null = nothing. */
  incident?: LogIncident | null;
}>;

/** A log that is being read, piece by piece; its memory is bounded whatever comes. */
export type Reading = Readonly<{ push: (chunk: string) => void; end: () => LogReading }>;

/** A longer line is read as far as this. */
const longestLine = 16_384;
const longestShown = 800;
const mostUnknown = 10;
const mostEntries = 200;
const mostCounts = 50;

const shownText = (text: string, { format, upstream }: Line): string =>
  redactLine((format === 'caddy' ? caddySaid(text) : text).slice(0, 4_000), upstream)
    .slice(0, longestShown)
    .toWellFormed();
const unknownText = (text: string): string => redactLine(text.slice(0, 2_000), null).slice(0, 300).toWellFormed();

/** Part of the entry above it: a stack, the rest of what PHP said. */
const isContinuation = (text: string): boolean =>
  /^(?:\s|#\d{1,3} |thrown in |Stack trace:|PHP message: |" while reading)/u.test(text);

type State = {
  lines: number;
  others: number;
  unknown: number;
  format: LogFormat | null;
  rest: string;
  isSkipping: boolean;
};

const within = (window: Window | null, at: number | null): boolean | null => {
  if (window === null) return null;
  return at !== null && at >= window.from && at <= window.to;
};

/** Echoes count only where nothing else names a cause. */
const weighty = (tallies: readonly Tally[]): readonly Tally[] => {
  const plain = tallies.filter(({ isEcho }) => !isEcho);
  return plain.length > 0 ? plain : tallies;
};

const countsOf = (
  tallies: readonly Tally[],
  window: Window | null,
  foundMs: number,
  widthMs: number,
): readonly CauseCount[] =>
  tallies
    .map(({ cause, upstream, count, example, firstAt, lastAt, times, alike, isAbsolute }): CauseCount => {
      const shiftMs = isAbsolute ? 0 : foundMs;
      const inside = [...times].reduce((sum, [at, some]) => {
        const begin = at + shiftMs;
        return window === null || (begin + widthMs > window.from && begin <= window.to) ? sum + some : sum;
      }, 0);
      const move = (at: number | null): number | null => (at === null ? null : at + shiftMs);
      const isTimeless = times.size === 0;
      return {
        cause,
        upstream,
        count,
        within: isTimeless ? count : inside,
        firstAt: move(firstAt),
        lastAt: move(lastAt),
        example,
        ...(alike.length > 0 ? { alike } : {}),
      };
    })
    .sort((a, b) => b.within - a.within || b.count - a.count)
    .slice(0, mostCounts);

/** Begins to read a log. Any text will do; what is not understood is counted and shown as unknown. */
export const beginReading = ({ incident = null }: ReadingSettings = {}): Reading => {
  const tallies = openTallies();
  const window = incident === null ? null : windowOf(incident);
  const kept = openKeptLines(window);
  const formats = new Set<LogFormat>();
  const unknownExamples: string[] = [];
  const state: State = { lines: 0, others: 0, unknown: 0, format: null, rest: '', isSkipping: false };

  const take = (raw: string): void => {
    const text = unwrap(raw.endsWith('\r') ? raw.slice(0, -1) : raw);
    if (text === '') return;
    state.lines += 1;
    const line = readLine(text, state.format);
    if (line === null) {
      if (state.format !== null && isContinuation(text)) state.others += 1;
      else if (++state.unknown && unknownExamples.length < mostUnknown) unknownExamples.push(unknownText(text));
      return;
    }
    state.format = line.format;
    formats.add(line.format);
    const { cause } = line;
    if (cause === null) {
      state.others += 1;
      return;
    }
    const tally = tallies.add(line, cause);
    if (tally.example === '') tally.example = shownText(text, line);
    if (kept.wants(line)) kept.keep({ number: state.lines, line, text: shownText(text, line) });
  };

  const push = (chunk: string): void => {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      const line = state.rest === '' ? chunk.slice(from, end) : state.rest + chunk.slice(from, end);
      if (!state.isSkipping) take(line.slice(0, longestLine));
      state.isSkipping = false;
      state.rest = '';
      from = end + 1;
    }
    if (state.isSkipping) return;
    state.rest += chunk.slice(from);
    if (state.rest.length <= longestLine) return;
    take(state.rest.slice(0, longestLine));
    state.rest = '';
    state.isSkipping = true;
  };

  const entriesOf = (shiftMs: number): readonly LogEntry[] => {
    const all = kept.all().map(({ number, line: { format, at, cause, upstream, isAbsolute }, text }): LogEntry => {
      const moment = at === null ? null : at + (isAbsolute === true ? 0 : shiftMs);
      const regions = moment === null || incident === null ? [] : regionsBeside(moment, incident.looks);
      return { line: number, format, at: moment, cause, upstream, within: within(window, moment), regions, text };
    });
    const rank = ({ regions, within: isIn }: LogEntry): number => (regions.length > 0 ? 0 : isIn === true ? 1 : 2);
    const best = all.map((entry, n) => ({ entry, n })).sort((a, b) => rank(a.entry) - rank(b.entry) || a.n - b.n);
    return best
      .slice(0, mostEntries)
      .sort((a, b) => (a.entry.at ?? 0) - (b.entry.at ?? 0) || a.n - b.n)
      .map(({ entry }) => entry);
  };

  const end = (): LogReading => {
    if (state.rest !== '' && !state.isSkipping) take(state.rest);
    state.rest = '';
    const counted = weighty(tallies.all());
    const shiftMs = window === null || incident === null ? 0 : findShift(counted, incident, window);
    const { lines, others, unknown } = state;
    const counts = countsOf(counted, window, shiftMs, tallies.widthMs());
    return {
      formats: [...formats],
      lines,
      others,
      unknown,
      unknownExamples,
      shiftMs,
      counts,
      entries: entriesOf(shiftMs),
    };
  };
  return { push, end };
};
