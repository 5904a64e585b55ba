import { needs, postfixAvailable, startInbox, startPostfix } from '@farwatch/testkit';
import { expect } from 'vitest';
import { emailNotifier } from './email.ts';
import { openMailer } from './mailer.ts';
import { messageOf } from './message.fixture.ts';

const postfix = needs('postfix and root', postfixAvailable);
postfix.test('a mail goes through a real mail server and is read as it was written', { timeout: 30_000 }, async () => {
  await using inbox = await startInbox({ smtp: { lmtp: true } });
  await using mta = await startPostfix('example.test', inbox.port);
  const mailer = openMailer({ smtpUrl: mta.url, from: 'Farwatch <alerts@watch.test>' });
  const message = messageOf({
    subject: 'Down: Größe 店 😀',
    heading: 'Größe 店 😀 is down',
    lines: ['.', 'From here', 'متجر', `long ${'x'.repeat(2_000)}`],
    unsubscribeUrl: 'https://watch.test/u/1',
  });
  const target = { address: 'ada@example.test', organisationId: 'acme' };
  const outcome = await emailNotifier(mailer)(message, target, AbortSignal.timeout(10_000));
  await mailer.close();
  expect(outcome).toEqual({ kind: 'delivered', answer: expect.stringMatching(/^250 .*queued as/u) });
  const { parsed, raw, to } = await inbox.waitFor(() => true, 15_000);
  expect(to).toEqual(['ada@example.test']);
  expect(raw).toMatch(/^Received: from .*Postfix/msu);
  expect(parsed).toMatchObject({ subject: message.subject, messageId: `<${message.id}@watch.test>` });
  for (const body of [parsed.text, parsed.html || '']) {
    for (const part of [message.heading, ...message.lines, message.acknowledge?.url]) expect(body).toContain(part);
  }
  expect(raw).toContain('\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
});
