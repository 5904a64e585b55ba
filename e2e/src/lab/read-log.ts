import { beginReading, type LogReading } from '@farwatch/diagnosis';
import type { Ran } from './run.ts';

/** A scenario's log, read against the one check that failed in it. */
export const readLogOf = ({ logText, startedAt }: Pick<Ran, 'logText' | 'startedAt'>): LogReading => {
  const at = startedAt;
  const spans = [{ region: 'lab', startedAt: at, endedAt: null }];
  const reading = beginReading({
    incident: { startedAt: at, resolvedAt: null, spans, looks: [{ region: 'lab', at }] },
  });
  reading.push(logText);
  return reading.end();
};
