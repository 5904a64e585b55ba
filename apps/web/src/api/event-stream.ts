import { dial, type LiveEvent, type Note, type StreamState } from './dial.ts';

export type StreamListener = Readonly<{
  /** `leading`: this tab holds the line; of all tabs exactly one is told so. */
  onEvent: (event: LiveEvent, leading: boolean) => void;
  onState: (state: StreamState) => void;
  /** Events may have been missed that the server will not send again: read afresh. */
  onGap: () => void;
  /** Somebody answered, and not with a stream: the session may be over. */
  onRefused: () => void;
}>;

/**
 * One EventSource per browser: the tab that holds the lock dials and passes everything on to the others; when it is
 * closed the next tab takes over from the last event it heard. Without Web Locks (plain HTTP off loopback) every tab
 * dials for itself.
 */
export const openEventStream = (url: string, { onEvent, onState, onGap, onRefused }: StreamListener): (() => void) => {
  const ends = new AbortController();
  let leading = false;
  let following = false;
  let lastId: string | null = null;
  let last: StreamState = 'connecting';
  const hear = (note: Note): void => {
    if (note.kind === 'event') {
      lastId = note.id ?? lastId;
      onEvent(note.event, leading);
    }
    if (note.kind === 'state') onState(note.state);
    if (note.kind === 'gap') onGap();
    if (note.kind === 'refused') onRefused();
  };
  const dialHere = (tell: (note: Note) => void): void => {
    leading = true;
    ends.signal.addEventListener('abort', dial(url, lastId, tell));
  };
  if (!('locks' in navigator)) {
    dialHere(hear);
    return () => ends.abort();
  }
  const channel = new BroadcastChannel(`farwatch ${url}`);
  const lead = async (): Promise<void> => {
    if (ends.signal.aborted) return; // granted in the moment in which the page gave up
    // Between the last leader's end and this one's line something may have happened: read afresh once the line is there.
    let unsure = following;
    dialHere((note) => {
      if (note.kind === 'state') last = note.state;
      hear(note);
      channel.postMessage(note);
      if (!unsure || note.kind !== 'state' || note.state !== 'live') return;
      unsure = false;
      hear({ kind: 'gap' });
      channel.postMessage({ kind: 'gap' } satisfies Note);
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
