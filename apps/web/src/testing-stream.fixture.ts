import type { EventOf, EventType } from '@farwatch/contracts';
import { act } from '@testing-library/react';

/** Stands in for the browser's EventSource; `tell` speaks as the server would. */
export class FakeEventSource extends EventTarget {
  static readonly CLOSED = 2;
  static open: FakeEventSource[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    FakeEventSource.open.push(this);
  }
  close(): void {
    FakeEventSource.open = FakeEventSource.open.filter((each) => each !== this);
  }
}

const each = (does: (source: FakeEventSource) => void): void =>
  act(() => {
    for (const source of FakeEventSource.open) does(source);
  });
export const connect = (): void => each((source) => source.onopen?.());
export const lose = (): void => each((source) => source.onerror?.());
/** Something answered, and not with a stream. */
export const refuse = (): void =>
  each((source) => {
    source.readyState = FakeEventSource.CLOSED;
    source.onerror?.();
  });
export const tell = <T extends EventType>(type: T, data: EventOf<T>['data']): void =>
  each((source) => void source.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) })));
