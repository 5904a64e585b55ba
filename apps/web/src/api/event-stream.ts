import { dial, type LiveEvent, type Note, type StreamState } from './dial.ts';
import type { StreamPosition } from './stream-position.ts';
import { keepTold } from './told-notes.ts';

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

/** What a tab does with the line, whoever holds it. `say` speaks to the other tabs. */
type Tab = Readonly<{
  url: string;
  position: StreamPosition;
  ends: AbortSignal;
  hear: (note: Note, leading: boolean) => void;
  say: (word: Heard) => void;
}>;
type Leader = Readonly<{ welcome: (hello: Extract<Word, { kind: 'hello' }>) => void }>;

const hearing =
  (position: StreamPosition, { onEvent, onState, onGap, onRefused }: StreamListener): Tab['hear'] =>
  (note, leading) => {
    if (note.kind === 'event') {
      if (note.id !== null) position.heard(note.id);
      onEvent(note.event, leading);
    }
    if (note.kind === 'state') onState(note.state);
    if (note.kind === 'gap') onGap();
    if (note.kind === 'refused') onRefused();
  };

/**
 * Dials, and passes on. `followed`: between the last leader's end and this one's line something may have happened, so all is
 * read afresh once the line is there.
 */
const lead = ({ url, position, ends, hear, say }: Tab, followed: boolean): Leader => {
  const told = keepTold(position.get());
  let unsure = followed;
  let state: StreamState = 'connecting';
  const tell = (note: Note): void => {
    if (note.kind === 'event') told.keep(note);
    if (note.kind === 'state') state = note.state;
    hear(note, true);
    say(note);
    if (!unsure || note.kind !== 'state' || note.state !== 'live') return;
    unsure = false;
    tell({ kind: 'gap' });
  };
  ends.addEventListener('abort', dial(url, position.get(), tell));
  return {
    welcome: ({ tab, from }) => {
      say({ kind: 'state', state });
      const notes = told.since(from);
      if (notes === null || notes.length > 0) say({ kind: 'since', tab, notes });
    },
  };
};

/** Hears the tab that leads, and waits for its turn. */
const join = (channel: BroadcastChannel, tab: Tab): void => {
  const { url, position, ends, hear, say } = tab;
  const name = Math.random().toString(36).slice(2);
  const hello = (): void => say({ kind: 'hello', tab: name, from: position.get() });
  let leader: Leader | null = null; // while it is this tab
  let following = false;
  channel.onmessage = ({ data }: MessageEvent<Heard>) => {
    if (data.kind === 'hello') return leader?.welcome(data);
    if (data.kind === 'leads') return hello();
    if (data.kind !== 'since') {
      following = true;
      return hear(data, false);
    }
    if (data.tab !== name) return;
    for (const note of data.notes ?? [{ kind: 'gap' } as const]) hear(note, false);
  };
  hello();
  const turn = async (): Promise<void> => {
    if (ends.aborted) return; // granted in the moment in which the page gave up
    leader = lead(tab, following);
    say({ kind: 'leads' });
    await new Promise<void>((done) => ends.addEventListener('abort', () => done()));
  };
  navigator.locks.request(`farwatch ${url}`, { signal: ends }, turn).catch(() => undefined); // aborted while waiting: the tab is closing
};

/**
 * One EventSource per browser: the tab that holds the lock dials and passes everything on to the others; when it is
 * closed the next tab takes over from the last event it heard. A tab that joins says up to where it knows the events, and
 * is given what it missed. Without Web Locks (plain HTTP off loopback) every tab dials for itself.
 */
export const openEventStream = (url: string, position: StreamPosition, listener: StreamListener): (() => void) => {
  const ends = new AbortController();
  const tab = { url, position, ends: ends.signal, hear: hearing(position, listener) };
  if (!('locks' in navigator)) {
    lead({ ...tab, say: () => undefined }, false);
    return () => ends.abort();
  }
  const channel = new BroadcastChannel(`farwatch ${url}`);
  join(channel, { ...tab, say: (word) => channel.postMessage(word) });
  return () => {
    ends.abort();
    channel.close();
  };
};
