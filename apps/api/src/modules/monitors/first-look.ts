import type { ConfirmCheck } from '@farwatch/contracts';
import type { ModuleDeps } from '../module-deps.ts';
import type { MonitorRow } from './view.ts';

/** A person waits for this look, but not for ever. */
const wantedForMs = 30_000;

/** One look now from each region of a monitor. */
export const looksNow = (
  { id, regions, timeoutMs }: Pick<MonitorRow, 'id' | 'regions' | 'timeoutMs'>,
  now: number,
): readonly ConfirmCheck[] =>
  regions.map((region) => ({
    monitorId: id,
    region,
    trigger: 'request',
    scheduledAt: now,
    expiresAt: now + timeoutMs + wantedForMs,
  }));

/** Asks every region for a first look. When the queue is away that is only said in the log: the slots come anyway. */
export const askFirstLook = async (
  { asker, log }: Pick<ModuleDeps, 'asker' | 'log'>,
  monitor: Pick<MonitorRow, 'id' | 'regions' | 'timeoutMs'>,
): Promise<void> => {
  try {
    await asker.ask(looksNow(monitor, Date.now()));
  } catch (err) {
    log.warn({ err, monitorId: monitor.id }, 'a first look could not be asked for; the next slot will come');
  }
};
