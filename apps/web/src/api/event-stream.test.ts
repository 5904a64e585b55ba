import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LiveEvent, StreamState } from './dial.ts';
import { retryAfterMs } from './dial.ts';
import { openEventStream } from './event-stream.ts';
import { newStreamPosition } from './stream-position.ts';

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.all.push(this);
  }
  close(): void {
    this.readyState = Source.CLOSED;
  }
  say(id: string, deliveryId: string): void {
    const data = JSON.stringify({ deliveryId });
    this.dispatchEvent(new MessageEvent('delivery.updated', { data, lastEventId: id }));
  }
  refuse(): void {
    this.readyState = Source.CLOSED;
    this.onerror?.();
  }
}

/** Tabs of one browser: what one says all others hear, and one of them holds the lock. */
class Channel {
  static all: Channel[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    Channel.all.push(this);
  }
  postMessage(data: unknown): void {
    for (const each of Channel.all) if (each !== this) each.onmessage?.({ data });
  }
  close(): void {
    Channel.all = Channel.all.filter((each) => each !== this);
  }
}
let line: Promise<unknown> = Promise.resolve();
const locks = {
  request: (_: string, { signal }: { signal: AbortSignal }, act: () => Promise<void>) => {
    const turn = line.then(() => (signal.aborted ? undefined : act()));
    line = turn;
    return turn;
  },
};

/** `from`: what this tab has read knows the events up to it. */
const openTab = (from: string | null = '5') => {
  const heard: string[] = [];
  const led: string[] = [];
  const states: StreamState[] = [];
  let gaps = 0;
  let refusals = 0;
  const position = newStreamPosition();
  position.read(from);
  const close = openEventStream('/v1/events', position, {
    onEvent: (event: LiveEvent, leading) => {
      const { deliveryId } = event.data as { deliveryId: string }; // what Source says
      heard.push(deliveryId);
      if (leading) led.push(deliveryId);
    },
    onState: (state) => states.push(state),
    onGap: () => gaps++,
    onRefused: () => refusals++,
  });
  return { heard, led, states, gaps: () => gaps, refusals: () => refusals, close };
};
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  Source.all = [];
  Channel.all = [];
  line = Promise.resolve();
  vi.stubGlobal('EventSource', Source);
  vi.stubGlobal('BroadcastChannel', Channel);
  Object.defineProperty(navigator, 'locks', { value: locks, configurable: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'locks');
});

test('five tabs hold one line, all hear, and one of them is told to lead', async () => {
  const tabs = Array.from({ length: 5 }, () => openTab());
  await settled();
  expect(Source.all).toHaveLength(1);
  Source.all[0]?.onopen?.();
  Source.all[0]?.say('7', 'a');
  expect(tabs.map(({ heard }) => heard)).toEqual(Array.from({ length: 5 }, () => ['a']));
  expect(tabs.flatMap(({ led }) => led)).toEqual(['a']);
  expect(tabs.map(({ states }) => states.at(-1))).toEqual(Array.from({ length: 5 }, () => 'live'));
});

test('when the leading tab closes, the next goes on from the last event that was heard', async () => {
  const [first, second] = [openTab(), openTab()];
  await settled();
  Source.all[0]?.onopen?.();
  Source.all[0]?.say('7', 'a');
  first.close();
  await settled();
  expect(Source.all.map(({ url }) => url)).toEqual(['/v1/events?lastEventId=5', '/v1/events?lastEventId=7']);
  expect(second.gaps()).toBe(0);
  Source.all[1]?.onopen?.();
  // Looks that finished meanwhile are not told again: what is read once the line is there has them.
  expect(second.gaps()).toBe(1);
  Source.all[1]?.say('8', 'b');
  expect([second.heard, second.led]).toEqual([['a', 'b'], ['b']]);
});

test('a line that was refused is dialled again from the last event, later and later', async () => {
  const tab = openTab();
  await settled();
  Source.all[0]?.onopen?.();
  Source.all[0]?.say('9', 'a');
  Source.all[0]?.refuse();
  expect(tab.refusals()).toBe(1); // whose session it is may have changed
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Source.all.map(({ url }) => url)).toEqual(['/v1/events?lastEventId=5', '/v1/events?lastEventId=9']);
  Source.all[1]?.refuse();
  await vi.advanceTimersByTimeAsync(900);
  expect(Source.all).toHaveLength(2); // between one and two seconds now
  window.dispatchEvent(new Event('online'));
  expect(Source.all).toHaveLength(3); // a network that is back is worth a try at once
});

test('a line on which not even a heartbeat is heard is lost, and dialled again from the last event', async () => {
  const tab = openTab();
  await settled();
  Source.all[0]?.onopen?.();
  Source.all[0]?.say('9', 'a');
  await vi.advanceTimersByTimeAsync(30_000);
  Source.all[0]?.dispatchEvent(new MessageEvent('heartbeat', { data: '{}' }));
  await vi.advanceTimersByTimeAsync(30_000);
  expect(tab.states.at(-1)).toBe('live');
  await vi.advanceTimersByTimeAsync(5_000);
  expect(tab.states.at(-1)).toBe('lost');
  expect(Source.all[0]?.readyState).toBe(Source.CLOSED);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(Source.all[1]?.url).toBe('/v1/events?lastEventId=9');
  Source.all[1]?.onopen?.();
  expect([tab.states.at(-1), tab.gaps()]).toEqual(['live', 1]);
});

test('a line that never opens is lost too', async () => {
  const tab = openTab();
  await settled();
  await vi.advanceTimersByTimeAsync(35_000);
  expect(tab.states.at(-1)).toBe('lost');
  tab.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Source.all).toHaveLength(1);
});

test('pauses double up to a quarter of a minute and are spread over half of it', () => {
  expect([0, 1, 2, 3, 4, 9].map((tries) => retryAfterMs(tries, 1))).toEqual([1e3, 2e3, 4e3, 8e3, 15e3, 15e3]);
  expect(retryAfterMs(9, 0)).toBe(7_500);
});

test('a turn that comes when the page has given up is passed on, and nothing is dialled', async () => {
  let grant: () => Promise<void> = async () => undefined;
  const request = (_: string, __: unknown, act: () => Promise<void>): Promise<unknown> => {
    grant = act;
    return line;
  };
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
  openTab().close();
  await grant();
  expect(Source.all).toHaveLength(0);
});

test('the line is dialled from what the page has read, and without that everything is read afresh once it is there', async () => {
  const tab = openTab('12');
  await settled();
  expect(Source.all[0]?.url).toBe('/v1/events?lastEventId=12');
  Source.all[0]?.onopen?.();
  expect(tab.gaps()).toBe(0);
  tab.close();
  const blind = openTab(null);
  await settled();
  expect(Source.all[1]?.url).toBe('/v1/events');
  Source.all[1]?.onopen?.();
  expect(blind.gaps()).toBe(1);
});

test('a tab that joins late is given what was told between its reading and its joining, and nobody else hears it twice', async () => {
  const first = openTab('5');
  await settled();
  Source.all[0]?.onopen?.();
  for (const [id, what] of ['a', 'b', 'c'].entries()) Source.all[0]?.say(String(id + 9), what);
  const late = openTab('9');
  expect([late.heard, late.led, late.gaps()]).toEqual([['b', 'c'], [], 0]);
  Source.all[0]?.say('12', 'd');
  expect([late.heard, first.heard]).toEqual([
    ['b', 'c', 'd'],
    ['a', 'b', 'c', 'd'],
  ]);
});

test('what has no id of its own comes with the one before it, and is told to nobody later', async () => {
  const first = openTab('5');
  await settled();
  Source.all[0]?.onopen?.();
  Source.all[0]?.say('9', 'event');
  Source.all[0]?.say('9', 'look');
  expect(first.heard).toEqual(['event', 'look']);
  const late = openTab('5');
  await settled();
  expect(late.heard).toEqual(['event']);
  first.close();
  late.close();
});

test('a tab that has read before the leading one, or does not know when, reads afresh', async () => {
  const first = openTab('5');
  await settled();
  Source.all[0]?.onopen?.();
  const [early, blind] = [openTab('4'), openTab(null)];
  expect([early.gaps(), blind.gaps(), first.gaps()]).toEqual([1, 1, 0]);
});

test('tabs that were opened together, the one that leads after the others had read, miss nothing', async () => {
  const leading = openTab('7');
  const earlier = openTab('6'); // says hello while nobody leads yet
  expect(earlier.gaps()).toBe(0);
  await settled();
  expect([earlier.gaps(), leading.gaps()]).toEqual([1, 0]);
});

test('of the very many events that were told only the newest are kept: who is behind that reads afresh', async () => {
  openTab('5');
  await settled();
  Source.all[0]?.onopen?.();
  for (let n = 6; n < 306; n++) Source.all[0]?.say(String(n), `e${n}`);
  const [near, far] = [openTab('105'), openTab('104')];
  expect([near.gaps(), near.heard.length, far.gaps(), far.heard.length]).toEqual([0, 200, 1, 0]);
});
