import type { CheckResultView } from '@farwatch/contracts';
import type { StoredEvent } from './store.ts';

/** Server-sent events as text. JSON has no line breaks of its own, so one `data:` line is enough. */
export const eventFrame = ({ id, type, data }: StoredEvent): string =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

/** Live only: without an id, it does not move the place where the stream is resumed. */
export const checkFrame = (check: CheckResultView): string =>
  `event: check.completed\ndata: ${JSON.stringify(check)}\n\n`;

/** A comment keeps proxies from closing the line; the event is for browsers, whose EventSource shows no comments. */
export const heartbeat = ': still here\nevent: heartbeat\ndata: {}\n\n';

/** First of all: how soon to come again, and from where, although nothing has happened yet. */
export const openingFrame = (position: string, retryMs: number): string => `retry: ${retryMs}\nid: ${position}\n\n`;

/** What the caller has seen last; null for none, and for an id we never gave. */
export const lastEventIdOf = (header: string | readonly string[] | undefined): string | null =>
  typeof header === 'string' && /^\d{1,18}$/u.test(header) ? header : null;
