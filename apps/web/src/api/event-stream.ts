import type { EventOf, EventType } from '@farwatch/contracts';

export type LiveEvent = { [T in EventType]: EventOf<T> }[EventType];
/** `lost`: the line is down and is being dialled again; what the page shows may be old. */
export type StreamState = 'connecting' | 'live' | 'lost';
export type StreamListener = Readonly<{
  onEvent: (event: LiveEvent) => void;
  onState: (state: StreamState) => void;
  /** Events may have been missed that the server will not send again: read afresh. */
  onGap: () => void;
}>;
type Note = Readonly<
  { kind: 'event'; event: LiveEvent } | { kind: 'state'; state: StreamState } | { kind: 'gap' } | { kind: 'hello' }
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

/** Holds the one EventSource; the browser resumes with Last-Event-ID, and we dial again when it gives up. */
const dial = (url: string, tell: (note: Note) => void): (() => void) => {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = firstRetryMs;
  let wasLive = false;
  const open = (): void => {
    const current = new EventSource(url);
    source = current;
    current.onopen = () => {
      waitMs = firstRetryMs;
      if (wasLive) tell({ kind: 'gap' }); // finished checks carry no id and are not sent again
      wasLive = true;
      tell({ kind: 'state', state: 'live' });
    };
    current.onerror = () => {
      tell({ kind: 'state', state: 'lost' });
      if (current.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, maxRetryMs);
    };
    for (const type of types)
      current.addEventListener(type, ({ data }: MessageEvent<string>) => {
        tell({ kind: 'event', event: { type, data: JSON.parse(data) } as LiveEvent }); // our own server's event, by contract
      });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
};

/**
 * One EventSource per browser: the tab that holds the lock dials and passes everything on to the others; when it is
 * closed the next tab takes over. Without Web Locks (plain HTTP off loopback) every tab dials for itself.
 */
export const openEventStream = (url: string, { onEvent, onState, onGap }: StreamListener): (() => void) => {
  const ends = new AbortController();
  const hear = (note: Note): void => {
    if (note.kind === 'event') onEvent(note.event);
    if (note.kind === 'state') onState(note.state);
    if (note.kind === 'gap') onGap();
  };
  const dialHere = (tell: (note: Note) => void): void => {
    ends.signal.addEventListener('abort', dial(url, tell));
  };
  if (!('locks' in navigator)) {
    dialHere(hear);
    return () => ends.abort();
  }
  const channel = new BroadcastChannel(`farwatch ${url}`);
  let leading = false;
  let following = false;
  let last: StreamState = 'connecting';
  const lead = async (): Promise<void> => {
    leading = true;
    if (following) onGap();
    dialHere((note) => {
      if (note.kind === 'state') last = note.state;
      hear(note);
      channel.postMessage(note);
    });
    await new Promise<void>((done) => ends.signal.addEventListener('abort', () => done()));
  };
  channel.onmessage = ({ data }: MessageEvent<Note>) => {
    if (data.kind === 'hello') {
      if (leading) channel.postMessage({ kind: 'state', state: last } satisfies Note);
    } else {
      following = true;
      hear(data);
    }
  };
  channel.postMessage({ kind: 'hello' } satisfies Note);
  navigator.locks.request(`farwatch ${url}`, { signal: ends.signal }, lead).catch(() => undefined); // aborted while waiting: the tab is closing
  return () => {
    ends.abort();
    channel.close();
  };
};
