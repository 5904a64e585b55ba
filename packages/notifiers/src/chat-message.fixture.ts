import type { Message } from './notifier.ts';

export const rules = { allowCidrs: ['127.0.0.0/8'] };

/** An alert with everything an alert can have. */
export const alert = (changes: Partial<Message> = {}): Message => ({
  id: '01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e',
  mood: 'down',
  subject: 'Down: Shop (HTTP 502)',
  heading: 'Shop is down',
  lines: ['Shop answers HTTP 502.', 'It has been down since 14:00 (Europe/Berlin).'],
  facts: [
    ['Monitor', 'Shop'],
    ['Regions', ['fra: HTTP 502', 'iad: HTTP 502']],
  ],
  link: { text: 'Open', url: 'https://watch.example/incidents/1?a=1&b=2' },
  acknowledge: { text: 'Acknowledge', url: 'https://watch.example/acknowledge/1?key=k' },
  footer: 'Sent by Farwatch for Acme',
  unsubscribeUrl: null,
  threadId: 'incident.1',
  previous: null,
  amendsFirst: false,
  brief: 'Shop is down: HTTP 502',
  spoken: 'Shop is down.',
  body: { type: 'incident.opened' },
  ...changes,
});

/** The same text in every place that a user can fill. */
export const typedEverywhere = (typed: string): Message =>
  alert({
    subject: typed,
    heading: typed,
    lines: [typed, typed],
    facts: [
      [typed, typed],
      ['Answers', [typed, typed]],
    ],
  });

const word = (i: number): string => `monitor-${String(i).padStart(4, '0')}.shop.example`;
/** More of everything than any provider takes. */
export const tooMuch = alert({
  heading: 'Too much & <more> '.repeat(100),
  lines: Array.from({ length: 300 }, (_, i) => `${word(i)} answers <b>502</b> & *more*`),
  facts: Array.from({ length: 60 }, (_, i) => [
    `Fact & ${i} `.repeat(40),
    Array.from({ length: 200 }, (_unused, j) => `${word(j)} <502>`),
  ]),
  footer: 'footer & '.repeat(500),
  link: { text: 'Open '.repeat(50), url: `https://watch.example/incidents/${'1'.repeat(300)}` },
});

export const patient = (): AbortSignal => AbortSignal.timeout(9_000);
