import { dial, type LiveEvent, type Note, type StreamState } from './dial.ts';
import type { StreamPosition } from './stream-position.ts';
import { keepTold, type ToldNotes } from './told-notes.ts';

export type StreamListener = Readonly<{
  /** `leading`: this tab holds the line; of all tabs exactly one is told so. */
  onEvent: (event: LiveEvent, leading: boolean) => void;
  onState: (state: StreamState) => void;
  /** Events may have been missed that the server will not send again: read afresh. */
  onGap: () => void;
  /** Somebody answered, and not with a stream: the session may be over. */
  onRefused: () => void;
}>;

/** What tabs say to each other besides the stream's notes. */
type Word = Readonly<
  | { kind: 'hello'; tab: string; from: string | null }
  /** Somebody holds the line from now on: say hello again. */
  | { kind: 'leads' }
  /** What `tab` has not heard, although it was told; null when that is not known. */
  | { kind: 'since'; tab: string; notes: readonly Note[] | null }
>;
type Heard = Note | Word;

/**
 * One EventSource per browser: the tab that holds the lock dials and passes everything on to the others; when it is
 * closed the next tab takes over from the last event it heard. A tab that joins says up to where it knows the events, and
 * is given what it missed. Without Web Locks (plain HTTP off loopback) every tab dials for itself.
 */
export const openEventStream = (
  url: string,
  position: StreamPosition,
  { onEvent, onState, onGap, onRefused }: StreamListener,
): (() => void) => {
  const ends = new AbortController();
  let following = false;
  let led: ToldNotes | null = null; // while this tab leads
  let last: StreamState = 'connecting';
  const hear = (note: Note): void => {
    if (note.kind === 'event') {
      if (note.id !== null) position.heard(note.id);
      onEvent(note.event, led !== null);
    }
    if (note.kind === 'state') onState(note.state);
    if (note.kind === 'gap') onGap();
    if (note.kind === 'refused') onRefused();
  };
  const dialHere = (tell: (note: Note) => void): void => {
    led = keepTold(position.get());
    ends.signal.addEventListener('abort', dial(url, position.get(), tell));
  };
  if (!('locks' in navigator)) {
    dialHere(hear);
    return () => ends.abort();
  }
  const channel = new BroadcastChannel(`farwatch ${url}`);
  const say = (word: Heard): void => channel.postMessage(word);
  const tab = Math.random().toString(36).slice(2);
  const hello = (): void => say({ kind: 'hello', tab, from: position.get() });
  const lead = async (): Promise<void> => {
    if (ends.signal.aborted) return; // granted in the moment in which the page gave up
    // Between the last leader's end and this one's line something may have happened: read afresh once the line is there.
    let unsure = following;
    const tell = (note: Note): void => {
      if (note.kind === 'event') led?.keep(note);
      hear(note);
      say(note);
    };
    dialHere((note) => {
      if (note.kind === 'state') last = note.state;
      tell(note);
      if (!unsure || note.kind !== 'state' || note.state !== 'live') return;
      unsure = false;
      tell({ kind: 'gap' });
    });
    say({ kind: 'leads' });
    await new Promise<void>((done) => ends.signal.addEventListener('abort', () => done()));
  };
  const welcome = (told: ToldNotes, { tab: to, from }: Extract<Word, { kind: 'hello' }>): void => {
    say({ kind: 'state', state: last });
    const notes = told.since(from);
    if (notes === null || notes.length > 0) say({ kind: 'since', tab: to, notes });
  };
  channel.onmessage = ({ data }: MessageEvent<Heard>) => {
    if (data.kind === 'hello') return led === null ? undefined : welcome(led, data);
    if (data.kind === 'leads') return hello();
    if (data.kind !== 'since') {
      following = true;
      return hear(data);
    }
    if (data.tab !== tab) return;
    if (data.notes === null) return onGap();
    for (const note of data.notes) hear(note);
  };
  hello();
  navigator.locks.request(`farwatch ${url}`, { signal: ends.signal }, lead).catch(() => undefined); // aborted while waiting: the tab is closing
  return () => {
    ends.abort();
    channel.close();
  };
};
