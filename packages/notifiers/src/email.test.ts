import { corpusThere, naughtyTexts, needs, startInbox } from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { emailNotifier } from './email.ts';
import { openMailer } from './mailer.ts';
import { asShown, messageOf } from './message.fixture.ts';
import type { Message, Outcome } from './notifier.ts';
import { cut, oneLine } from './plain-text.ts';

const from = 'Farwatch <alerts@watch.test>';
const target = { address: 'ada@example.test', organisationId: 'acme' };
const patient = (): AbortSignal => AbortSignal.timeout(5_000);

const sendAll = async (smtpUrl: string, messages: readonly Message[]): Promise<readonly Outcome[]> => {
  const mailer = openMailer({ smtpUrl, from });
  const outcomes: Outcome[] = [];
  for (const message of messages) outcomes.push(await emailNotifier(mailer)(message, target, patient()));
  await mailer.close();
  return outcomes;
};

test('an alert is one mail of two bodies, known by its delivery and threaded by its incident', async () => {
  await using inbox = await startInbox();
  await sendAll(inbox.url, [messageOf(), messageOf()]);
  expect(inbox.mails.map(({ parsed }) => [parsed.messageId, parsed.inReplyTo, parsed.references])).toEqual(
    Array(2).fill([
      '<01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e@watch.test>',
      '<thread.incident.1@watch.test>',
      '<thread.incident.1@watch.test>',
    ]),
  );
  const parsed = inbox.mails[0]?.parsed;
  expect(parsed?.subject).toBe('Down: Shop (HTTP 502)');
  for (const body of [parsed?.text, parsed?.html || '']) {
    for (const part of ['Shop is down', 'iad: no answer after 10000 ms', 'token=a_b', 'on call for Shop'])
      expect(body).toContain(part);
  }
  expect(inbox.mails[0]?.raw).not.toMatch(/^list-unsubscribe/imu);
});

test('one click ends the mails: both headers of RFC 8058, the URL whole on one line', async () => {
  await using inbox = await startInbox();
  const unsubscribeUrl = `https://watch.test/v1/unsubscribe/${'a'.repeat(120)}?token=${'b'.repeat(80)}`;
  await sendAll(inbox.url, [messageOf({ unsubscribeUrl })]);
  expect(inbox.mails[0]?.raw).toContain(`\r\nList-Unsubscribe: <${unsubscribeUrl}>\r\n`);
  expect(inbox.mails[0]?.raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
});

const expectedHeaders = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'in-reply-to',
  'list',
  'message-id',
  'mime-version',
  'references',
  'to',
  'x-auto-response-suppress',
];

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test(
  'no naughty string adds a header or a recipient, and each is in the mail',
  { timeout: 60_000 },
  async () => {
    await using inbox = await startInbox();
    const texts = naughtyTexts();
    const unsubscribeUrl = 'https://watch.test/u/1';
    await sendAll(
      inbox.url,
      texts.map((typed) =>
        messageOf({
          subject: `Down: ${typed}`,
          heading: typed,
          lines: [typed],
          facts: [[typed, typed]],
          unsubscribeUrl,
        }),
      ),
    );
    expect(inbox.mails).toHaveLength(texts.length);
    texts.forEach((typed, i) => {
      const { parsed, to } = inbox.mails[i] ?? { parsed: undefined, to: [] };
      expect([...(parsed?.headers.keys() ?? [])].filter((name) => name !== 'subject').sort(), typed).toEqual(
        expectedHeaders,
      );
      expect(to, typed).toEqual([target.address]);
      const subject = cut(oneLine(`Down: ${typed}`), 200);
      expect(parsed?.subject?.replace(/\s+/gu, ' '), typed).toBe(subject.replace(/\s+/gu, ' '));
      expect(asShown(parsed?.text ?? ''), typed).toContain(asShown(typed));
    });
  },
);
