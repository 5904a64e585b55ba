import {
  corpusThere,
  freePort,
  type InboxOptions,
  needs,
  selfMadeCertificate,
  startInbox,
  startRawTarget,
  startUnaccepting,
} from '@farwatch/testkit';
import { expect, test } from 'vitest';
import { emailNotifier } from './email.ts';
import { type MailWaits, openMailer } from './mailer.ts';
import { messageOf } from './message.fixture.ts';
import type { Outcome } from './notifier.ts';
import { type ProviderRow, rowsOf } from './provider-rows.fixture.ts';

// Every row about SMTP, played by a real server at the stage that the row names.

const from = 'Farwatch <alerts@watch.test>';
const short: MailWaits = { connectMs: 700, greetingMs: 700, answerMs: 700 };

const sendTo = async (smtpUrl: string, address = 'ada@example.test'): Promise<Outcome> => {
  const mailer = openMailer({ smtpUrl, from }, short);
  const target = { address, organisationId: 'acme' };
  const outcome = await emailNotifier(mailer)(messageOf(), target, AbortSignal.timeout(10_000));
  await mailer.close();
  return outcome;
};

const retry = { kind: 'retry', reason: expect.any(String) };
const expected = ({ expect_class: kind, body }: ProviderRow): unknown => {
  const reason = expect.stringContaining(String(body));
  switch (kind) {
    case 'permanent':
      return { kind: 'rejected', reason, broken: true };
    case 'operator':
      return { kind: 'retry', reason, operator: true, holds: 'provider', afterMs: 300_000 };
    default:
      return { kind: 'retry', reason };
  }
};

const rows = rowsOf('smtp');
const staged = rows.filter(({ api }) => api.startsWith('stage'));
const corpus = needs('/work/shared/corpora', corpusThere);

corpus.test('the corpus has the rows this file plays', () => {
  expect([staged.length, rows.length]).toEqual([11, 17]);
});

const refusalOf = ({ api, status, body }: ProviderRow): NonNullable<InboxOptions['refuse']> => {
  const stage = api.replace('stage ', '') as NonNullable<InboxOptions['refuse']>['stage']; // the row says which
  return { stage, code: status ?? 0, message: String(body) };
};

corpus.test.each(staged)('$api: $status $when: $expect_class, asked once', async (row) => {
  await using inbox = await startInbox({ refuse: refusalOf(row) });
  const url = row.api === 'stage AUTH' ? inbox.url.replace('//', '//user:p4ssw0rd@') : inbox.url;
  const outcome = await sendTo(url);
  expect(outcome).toEqual(expected(row));
  expect(JSON.stringify(outcome)).not.toContain('p4ssw0rd');
  expect(inbox.refused()).toBe(1);
  expect(inbox.mails).toHaveLength(0);
});

test('network: connect refused is tried again', async () => {
  const port = await freePort();
  const outcome = await sendTo(`smtp://127.0.0.1:${port}`);
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('ECONNREFUSED') });
});

test('network: a connection that is never made ends in time and is tried again', async () => {
  await using server = await startUnaccepting();
  const outcome = await sendTo(`smtp://127.0.0.1:${server.port}`);
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('in time') });
});

test('network: a greeting that never comes ends in time and is tried again', async () => {
  await using server = await startRawTarget(() => undefined);
  const outcome = await sendTo(server.url.replace('http', 'smtp'));
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('in time') });
  expect(server.connections()).toBe(1);
});

test('network: a TLS handshake that fails is tried again', async () => {
  const { cert, key } = selfMadeCertificate(); // of nobody we trust
  await using inbox = await startInbox({ smtp: { secure: true, cert, key } });
  expect(await sendTo(inbox.url.replace('smtp:', 'smtps:'))).toEqual(retry);
  await using noise = await startRawTarget((socket) => void socket.once('data', () => socket.end('not TLS')));
  expect(await sendTo(noise.url.replace('http', 'smtps'))).toEqual(retry);
  expect(inbox.offered()).toBe(0);
});

test('network: a 250 that is lost after the mail is tried again with the same Message-ID', async () => {
  await using inbox = await startInbox({ answer: (_to, nth) => (nth === 0 ? 'cut' : 'accept') });
  expect(await sendTo(inbox.url)).toEqual(retry);
  expect((await sendTo(inbox.url)).kind).toBe('delivered');
  const [first, second] = inbox.mails;
  expect(first?.parsed.messageId).toBe('<01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e@watch.test>');
  expect(second?.parsed.messageId).toBe(first?.parsed.messageId);
});

test('network: of two recipients one is refused: each has a mail of its own, and only that one fails', async () => {
  const refuse = { stage: 'RCPT', code: 550, message: '5.1.1 nobody', only: 'gone@example.test' } as const;
  await using inbox = await startInbox({ refuse });
  const [gone, ada] = await Promise.all([sendTo(inbox.url, 'gone@example.test'), sendTo(inbox.url)]);
  expect(gone).toEqual({ kind: 'rejected', reason: expect.stringContaining('5.1.1 nobody'), broken: true });
  expect(ada.kind).toBe('delivered');
  expect(inbox.mails.map(({ to }) => to)).toEqual([['ada@example.test']]);
});

test.each([
  ['connect', '5.7.1 go away'],
  ['MAIL', '5.7.1 sender not allowed'],
] as const)('a refusal of ourselves at %s is the operator’s to mend: no address is marked', async (stage, message) => {
  await using inbox = await startInbox({ refuse: { stage, code: 554, message } });
  const reason = expect.stringContaining(message);
  expect(await sendTo(inbox.url)).toEqual({
    kind: 'retry',
    reason,
    operator: true,
    holds: 'provider',
    afterMs: 300_000,
  });
});

test.each([
  '5.7.1 Relaying denied',
  '5.7.1 <ada@example.test>: Relay access denied',
  '5.7.64 relay not permitted',
  'we do not relay',
])('a relay refused at RCPT (%s) is told the operator, marks no address and holds up nobody else', async (message) => {
  await using inbox = await startInbox({ refuse: { stage: 'RCPT', code: 554, message } });
  expect(await sendTo(inbox.url)).toEqual({ kind: 'retry', reason: expect.stringContaining(message), operator: true });
});

test.each([
  '5.1.1 <relay@shop.example>: User unknown',
  '5.1.1 <"relay access denied"@shop.example>: User unknown',
  '5.1.1 "relay access denied"@shop.example: no such user',
  '5.1.1 relay@shop.example unknown',
  '5.1.1 no such user at relay.shop.example',
])('an address that bounces (%s) is that, whatever its words', async (message) => {
  await using inbox = await startInbox({ refuse: { stage: 'RCPT', code: 550, message } });
  expect(await sendTo(inbox.url)).toEqual({ kind: 'rejected', reason: expect.any(String), broken: true });
});

test('a mail server that wants no log-in from us, though SMTP_URL has one, is not told the password', async () => {
  await using inbox = await startInbox({ smtp: { disabledCommands: ['AUTH', 'STARTTLS'] } });
  const outcome = await sendTo(inbox.url.replace('//', '//user:p4ssw0rd@'));
  expect(JSON.stringify(outcome)).not.toContain('p4ssw0rd');
});
