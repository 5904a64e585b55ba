import { corpusThere, naughtyTexts, needs, startTwilioStandIn } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { messageOf } from './message.fixture.ts';
import { patient, to, voiceFor } from './twilio.fixture.ts';
import { alertTwiml, gatherTwiml, messageTwiml } from './twilio-twiml.ts';

const prompt = '<Say>Press 1 to acknowledge, 2 to hear this again.</Say>';
const action = 'https://watch.test/v1/twilio/gather/01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e';
const gather = (inside: string, where = ` action="${action}"`): string =>
  `<Gather input="dtmf" numDigits="1" timeout="8" method="POST"${where}>${inside}${prompt}</Gather>`;
const xml = (inside: string): string => `<?xml version="1.0" encoding="UTF-8"?><Response>${inside}</Response>`;

test('a call says the news, waits for a key, says it again, and ends', async () => {
  await using twilio = await startTwilioStandIn();
  const statusCallbackUrl = 'https://watch.test/v1/twilio/status';
  const outcome = await voiceFor(twilio, { statusCallbackUrl })(
    messageOf({ spoken: 'Shop is down.' }),
    { to },
    patient(),
  );
  expect(outcome).toMatchObject({ kind: 'accepted', receipt: { sid: `CA${'0'.repeat(32)}` } });
  const said = gather('<Say>Shop is down.</Say>');
  expect(twilio.requests).toMatchObject([
    {
      resource: 'Calls',
      problem: null,
      fields: {
        To: to,
        From: '+15005550006',
        Timeout: '30',
        StatusCallback: statusCallbackUrl,
        Twiml: xml(`${said}${said}<Say>Goodbye.</Say>`),
      },
    },
  ]);
});

test.each([
  ['without a public URL', { gatherUrl: () => null }, {}],
  ['without anything to acknowledge', {}, { acknowledge: null }],
])('%s a call only speaks', async (_, settings, changes) => {
  await using twilio = await startTwilioStandIn();
  await voiceFor(twilio, settings)(messageOf({ spoken: 'Shop is down.', ...changes }), { to }, patient());
  const said = '<Say>Shop is down.</Say>';
  expect(twilio.requests[0]?.fields.Twiml).toBe(xml(`${said}<Pause length="1"/>${said}<Say>Goodbye.</Say>`));
});

test('1 is answered with who has it, 2 with the news again, and another key with what the keys are', () => {
  const texts = { spoken: 'Shop is down.', acknowledgedText: 'Thank you, Ada.' };
  expect(gatherTwiml({ digit: '1', ...texts })).toBe(xml('<Say>Thank you, Ada.</Say><Hangup/>'));
  expect(gatherTwiml({ digit: '2', ...texts })).toBe(
    xml(`${gather('<Say>Shop is down.</Say>', '')}<Say>Goodbye.</Say>`),
  );
  for (const digit of ['3', '', '11', '#']) {
    const twiml = gatherTwiml({ digit, ...texts });
    expect(twiml).toContain(prompt);
    expect(twiml).not.toContain('Ada');
  }
});

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('no naughty string adds a verb, breaks the XML or makes the call too long', () => {
  const tags = (twiml: string): readonly string[] => twiml.match(/<[^>]*>/gu) ?? [];
  const calm = [
    tags(alertTwiml('Shop', action)),
    tags(gatherTwiml({ digit: '2', spoken: 'Shop', acknowledgedText: '' })),
  ];
  const texts = [...naughtyTexts(), '"&<>\''.repeat(2_000), '\ufffe\uffff x', '\ud800 x', '😀'.repeat(3_000)];
  for (const spoken of texts.map((text) => text || 'x')) {
    const twiml = alertTwiml(spoken, action);
    const after = gatherTwiml({ digit: '2', spoken, acknowledgedText: spoken });
    expect(twiml.length, spoken).toBeLessThanOrEqual(4_000);
    expect(twiml, spoken).not.toMatch(/\p{Cc}|[\ufffe\uffff]/u);
    const filled = (list: readonly string[]): readonly string[] =>
      list.map((tag) => tag.replace('<Say/>', '<Say></Say>')).flatMap((tag) => tag.match(/<[^>]*>/gu) ?? []);
    expect([filled(tags(twiml)), filled(tags(after))], spoken).toEqual(calm);
    messageTwiml(spoken);
  }
});

test('an answer to a text message is one message, or none', () => {
  expect(messageTwiml('Acknowledged <Shop>.')).toBe(xml('<Message>Acknowledged &lt;Shop&gt;.</Message>'));
  expect(messageTwiml('')).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
});
