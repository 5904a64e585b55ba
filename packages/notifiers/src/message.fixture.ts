import type { Message } from './notifier.ts';
import { oneLine } from './plain-text.ts';

/** A whole message for tests; `changes` say what the test is about. */
export const messageOf = (changes: Partial<Message> = {}): Message => ({
  id: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
  mood: 'down',
  subject: 'Down: Shop (HTTP 502)',
  heading: 'Shop is down',
  lines: ['Shop has been down since 14:03 (Europe/Berlin): HTTP 502.'],
  facts: [
    ['Since', '14:03'],
    ['Regions', ['fra: HTTP 502', 'iad: no answer after 10000 ms']],
  ],
  link: { text: 'Open the incident', url: 'https://watch.test/incidents/1?a=1&b=2' },
  acknowledge: { text: 'I have it', url: 'https://watch.test/acknowledge/1?token=a_b' },
  footer: 'Farwatch sent this because you are on call for Shop.',
  unsubscribeUrl: null,
  threadId: 'incident.1',
  previous: null,
  amendsFirst: false,
  brief: 'Down: Shop (HTTP 502) since 14:03',
  spoken: 'This is Farwatch. Shop has been down since three minutes past two. It answers with an error.',
  body: { type: 'channel.test' },
  ...changes,
});

/** A text as a reader of HTML sees it: runs of white space, the invisible one among them, are one space. */
export const asShown = (text: string): string =>
  oneLine(text)
    .replace(/[\s\u200b]+/gu, ' ')
    .trim();
