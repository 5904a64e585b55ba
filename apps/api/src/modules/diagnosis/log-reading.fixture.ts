import type { LogReading } from '@farwatch/diagnosis';
import type { BeginReading } from './log-reading.ts';

/** For tests of what is done with a reading: knows one line, "connect() failed (111", and every line's number. */
export const plainReading: BeginReading = ({ startedAt }) => {
  let [lines, found] = [0, 0];
  let rest = '';
  return {
    push: (text) => {
      const parts = (rest + text).split('\n');
      rest = (parts.pop() ?? '').slice(-200);
      lines += parts.length;
      found += parts.filter((line) => line.includes('connect() failed (111')).length;
    },
    end: (): LogReading => {
      const cause = 'origin-not-listening' as const;
      const [upstream, example] = ['127.0.0.1:9000', 'connect() failed (111: Connection refused)'];
      const [firstAt, lastAt] = [startedAt, startedAt];
      const count = { cause, upstream, count: found, within: found, firstAt, lastAt, example };
      return {
        ...{ formats: ['nginx'], lines, others: lines - found, unknown: 0, unknownExamples: [], shiftMs: 0 },
        ...{ counts: found === 0 ? [] : [count], entries: [] },
      };
    },
  };
};
