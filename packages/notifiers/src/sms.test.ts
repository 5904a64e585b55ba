import { corpusThere, naughtyTexts, needs, startTwilioStandIn } from '@farwatch/testkit';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import { cut, oneLine } from './plain-text.ts';
import { smsText } from './sms-text.ts';
import { patient, smsFor, to } from './twilio.fixture.ts';

const link = { text: 'Open', url: 'https://watch.test/incidents/01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e' };
const textOf = (brief: string, acknowledged = true): string =>
  smsText(messageOf({ brief, link, acknowledge: acknowledged ? link : null }));
const tail = ` ${link.url} Reply ACK to acknowledge.`;
const measured = (text: string): readonly [string, number] => {
  const message = new SegmentedMessage(text);
  return [message.getEncodingName(), message.segmentsCount];
};

test('a text message is the news, the link and how to answer', () => {
  expect(textOf('Down: Shop (HTTP 502)')).toBe(`Down: Shop (HTTP 502)${tail}`);
  expect(textOf('Up: Shop', false)).toBe(`Up: Shop ${link.url}`);
  expect(smsText(messageOf({ brief: 'Up: Shop', link: null, acknowledge: null }))).toBe('Up: Shop');
});

test.each([
  ['“Shop” — it’s down… 5–10', '"Shop" - it\'s down... 5-10'],
  ['Größe Ñandú àéìòù', 'Größe Ñandu àéìòù'],
  ['façade Łódź Škoda œuvre', 'facade Lodz Skoda oeuvre'],
  ['a\u00a0b\u2009c', 'a b c'],
  ['a`b', "a'b"],
  ['ﬁne Ａ１', 'fine A1'],
  ['№ 5 ① ½', 'No 5 1 1/2'],
  ['a\r\nb\tc', 'a b c'],
])('%j is dressed down to GSM-7', (brief, seen) => {
  expect(textOf(brief)).toBe(`${seen}${tail}`);
  expect(measured(textOf(brief))[0]).toBe('GSM-7');
});

test.each(['店 is “down”', 'Магазин', 'متجر', '😀 Shop', 'façade 店'])('%j stays as it was typed', (brief) => {
  expect(textOf(brief)).toBe(`${brief}${tail}`);
  expect(measured(textOf(brief))).toEqual(['UCS-2', 2]);
});

test('when it gets too long the news gives way, never the link', () => {
  const gsm = textOf('x'.repeat(400));
  expect(measured(gsm)).toEqual(['GSM-7', 2]);
  expect(gsm).toHaveLength(306);
  expect(gsm.endsWith(`xxx...${tail}`)).toBe(true);
  const ucs = textOf('店'.repeat(200));
  expect(measured(ucs)).toEqual(['UCS-2', 2]);
  expect(ucs).toHaveLength(134);
  expect(ucs.endsWith(`店...${tail}`)).toBe(true);
  const family = textOf('👩‍👩‍👧‍👦'.repeat(20)); // whole or not at all
  expect(family.replaceAll('👩‍👩‍👧‍👦', '')).toBe(`...${tail}`);
  const long = { text: 'Open', url: `https://watch.test/${'y'.repeat(400)}` };
  expect(smsText(messageOf({ brief: 'Down', link: long, acknowledge: null }))).toBe(long.url);
});

const honest = (brief: string): void => {
  const text = textOf(brief);
  const [encoding, segments] = measured(text);
  expect(segments, brief).toBeLessThanOrEqual(2);
  expect(text.endsWith(tail) || text === tail.slice(1), brief).toBe(true);
  expect(text, brief).not.toMatch(/\p{Cc}/u);
  expect(text.isWellFormed(), brief).toBe(true);
  const words = text.slice(0, -tail.length);
  if (encoding === 'UCS-2') {
    const typed = oneLine(brief).normalize('NFC');
    const kept = words.replace(/\.{3}$/u, '');
    expect(typed.startsWith(words) || typed.startsWith(kept), brief).toBe(true);
  }
};

test('whatever characters come', { timeout: 30_000 }, () => {
  const units = fc.array(fc.oneof(fc.nat(0x17f), fc.nat(0xffff)), { maxLength: 200, size: 'max' });
  fc.assert(
    fc.property(units, (codes) => honest(String.fromCharCode(...codes))),
    { numRuns: 50 },
  );
});

test('Twilio is asked for one message, from a number or a messaging service, and calls back where it was told', async () => {
  await using twilio = await startTwilioStandIn();
  const statusCallbackUrl = 'https://watch.test/v1/twilio/status';
  const messagingService = `MG${'0'.repeat(32)}`;
  const outcome = await smsFor(twilio, { statusCallbackUrl })(messageOf(), { to }, patient());
  await smsFor(twilio, { from: messagingService })(messageOf(), { to }, patient());
  expect(outcome).toMatchObject({ kind: 'accepted', receipt: { sid: `SM${'0'.repeat(32)}` } });
  const Body = smsText(messageOf());
  expect(twilio.requests.map(({ resource, fields, problem }) => [resource, fields, problem])).toEqual([
    ['Messages', { To: to, From: '+15005550006', Body, StatusCallback: statusCallbackUrl }, null],
    ['Messages', { To: to, MessagingServiceSid: messagingService, Body }, null],
  ]);
});

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('no naughty string is refused, makes a third segment or loses the link', { timeout: 60_000 }, async () => {
  await using twilio = await startTwilioStandIn();
  const send = smsFor(twilio);
  const texts = naughtyTexts().map((text) => cut(oneLine(text), 200));
  expect(texts.length).toBeGreaterThan(500);
  for (const brief of texts) {
    honest(brief);
    await send(messageOf({ brief, link, acknowledge: link }), { to }, patient());
  }
  expect(twilio.requests.map(({ problem }) => problem)).toEqual(texts.map(() => null));
  expect(twilio.requests.map(({ fields }) => fields.Body)).toEqual(texts.map((brief) => textOf(brief)));
});

test('an account SID that is none is told at the start', () => {
  expect(() => smsFor({ url: 'http://127.0.0.1:1', accountSid: 'nope', authToken: 'x' })).toThrow(/AC/u);
});
