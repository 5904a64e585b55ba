import type { EventOf, EventType } from '@farwatch/contracts';
import { watchSilence } from './silence.ts';

export type LiveEvent = { [T in EventType]: EventOf<T> }[EventType];
/** `lost`: the line is down and is being dialled again; what the page shows may be old. */
export type StreamState = 'connecting' | 'live' | 'lost';
/** What the stream tells, as it is passed on to the other tabs. `id` is where to resume; null for what is told live only. */
export type Note = Readonly<
  | { kind: 'event'; event: LiveEvent; id: string | null }
  | { kind: 'state'; state: StreamState }
  | { kind: 'gap' }
  | { kind: 'refused' }
>;

const types: readonly EventType[] = [
  'monitor.status-changed',
  'maintenance.started',
  'maintenance.ended',
  'incident.opened',
  'incident.updated',
  'incident.resolved',
  'check.completed',
  'delivery.updated',
  'delivery.failed',
];
const firstRetryMs = 1_000;
const maxRetryMs = 15_000;
/** The server says something every 15 s: two of them missed, and the line is taken for lost. */
const silenceMs = 35_000;

/** How long to wait before the n-th dialling: it doubles, and is spread so that not all pages knock at once. */
export const retryAfterMs = (tries: number, random = Math.random()): number =>
  Math.min(maxRetryMs, firstRetryMs * 2 ** tries) * (0.5 + random / 2);

const resumedAt = (url: string, lastId: string | null): string =>
  lastId === null ? url : `${url}${url.includes('?') ? '&' : '?'}lastEventId=${lastId}`;

/**
 * Holds the one EventSource. The browser resumes with Last-Event-ID by itself; when it gives up (a proxy answered in the
 * API's place) we dial again with the last id that was seen. `from`: the last event that what is shown knows of; without
 * one nobody can say what happened before the line was there.
 */
export const dial = (url: string, from: string | null, tell: (note: Note) => void): (() => void) => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hush = (): void => undefined;
  let tries = 0;
  let mayHaveMissed = from === null;
  let lastId = from;
  const open = (): void => {
    clearTimeout(timer);
    hush();
    const current = new EventSource(resumedAt(url, lastId));
    source = current;
    const silence = watchSilence(silenceMs, () => {
      current.close();
      mayHaveMissed = true;
      tell({ kind: 'state', state: 'lost' });
      timer = setTimeout(open, retryAfterMs(tries++));
    });
    hush = silence.stop;
    current.addEventListener('heartbeat', silence.heard);
    current.onopen = () => {
      silence.heard();
      tries = 0;
      // Finished checks carry no id and are not sent again; and a line that was refused at first may have missed anything.
      if (mayHaveMissed) tell({ kind: 'gap' });
      mayHaveMissed = true;
      tell({ kind: 'state', state: 'live' });
    };
    current.onerror = () => {
      silence.heard();
      mayHaveMissed = true;
      tell({ kind: 'state', state: 'lost' });
      if (current.readyState !== EventSource.CLOSED) return;
      silence.stop();
      tell({ kind: 'refused' });
      timer = setTimeout(open, retryAfterMs(tries++));
    };
    for (const type of types)
      current.addEventListener(type, ({ data, lastEventId }: MessageEvent<string>) => {
        silence.heard();
        // It is the source's last one: what has no id of its own comes with that of the event before it (HTML, 9.2.6).
        const id = lastEventId === '' || lastEventId === lastId ? null : lastEventId;
        lastId = id ?? lastId;
        tell({ kind: 'event', event: { type, data: JSON.parse(data) } as LiveEvent, id }); // our own server's event, by contract
      });
  };
  /** Back on a network: waiting out the pause would help nobody. */
  const onOnline = (): void => {
    if (source?.readyState !== EventSource.CLOSED) return;
    tries = 0;
    open();
  };
  window.addEventListener('online', onOnline);
  open();
  return () => {
    window.removeEventListener('online', onOnline);
    clearTimeout(timer);
    hush();
    source?.close();
  };
};
