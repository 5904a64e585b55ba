import { corpusThere, naughtyTexts, needs, startInbox, startRawTarget } from '@farwatch/testkit';
import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { type Mail, type Mailer, openMailer } from './mailer.ts';

const from = 'Farwatch <alerts@watch.test>';
const to = 'ada@example.test';
const mailOf = (mail: Partial<Mail> = {}): Mail => ({ to, subject: 'Down: Shop', text: 'Shop is down\n', ...mail });

const open = (smtpUrl: string): Mailer & AsyncDisposable => {
  const mailer = openMailer({ smtpUrl, from });
  return { ...mailer, [Symbol.asyncDispose]: mailer.close };
};

test('a mail carries its stable Message-ID, its thread, both bodies, and asks for no automatic answer', async () => {
  await using inbox = await startInbox();
  await using mailer = open(inbox.url);
  const mail = mailOf({ messageId: 'delivery-1', threadId: 'incident.7', html: '<p>Shop is <b>down</b></p>' });
  await mailer.send(mail);
  await mailer.send(mail);
  const [first, second] = inbox.mails;
  expect(first?.parsed).toMatchObject({
    subject: 'Down: Shop',
    messageId: '<delivery-1@watch.test>',
    inReplyTo: '<thread.incident.7@watch.test>',
    references: '<thread.incident.7@watch.test>',
    text: 'Shop is down\n',
    html: '<p>Shop is <b>down</b></p>',
    from: { value: [{ name: 'Farwatch', address: 'alerts@watch.test' }] },
    to: { value: [{ name: '', address: to }] },
  });
  expect(first?.parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(second?.parsed.messageId).toBe(first?.parsed.messageId);
});

const headerNames = [
  'auto-submitted',
  'content-transfer-encoding',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
];

const checkSubject = async (inbox: Awaited<ReturnType<typeof startInbox>>, mailer: Mailer, subject: string) => {
  const before = inbox.mails.length;
  await mailer.send(mailOf({ subject }));
  const { parsed, to: recipients } = inbox.mails[before] ?? { parsed: undefined, to: [] };
  const found = [...(parsed?.headers.keys() ?? [])].filter((name) => name !== 'content-transfer-encoding').sort();
  const expected = headerNames.filter((name) => name !== 'content-transfer-encoding');
  expect(found.filter((name) => name !== 'subject')).toEqual(expected.filter((name) => name !== 'subject'));
  expect(recipients).toEqual([to]);
  expect(parsed?.text).toBe('Shop is down\n');
  return parsed?.subject;
};

test.each([
  ['Shop\r\nBcc: eve@example.test', 'Shop Bcc: eve@example.test'],
  ['Shop\n\nNew body', 'Shop New body'],
  ['Größe 店 😀', 'Größe 店 😀'],
  ['\u0000a\u2028b\u202ec', 'a b c'],
  ['\ud800', '\ufffd'],
  ['=?utf-8?B?QmNjOiBldmU=?=', '=?utf-8?B?QmNjOiBldmU=?='],
  [`${'x'.repeat(300)}`, `${'x'.repeat(199)}…`],
])('the subject %j stays one header of readable text', async (subject, seen) => {
  await using inbox = await startInbox();
  await using mailer = open(inbox.url);
  expect(await checkSubject(inbox, mailer, subject)).toBe(seen);
});

const corpus = needs('/work/shared/corpora', corpusThere);
corpus.test('no naughty string in a subject adds a header, a recipient or a body', { timeout: 60_000 }, async () => {
  await using inbox = await startInbox();
  await using mailer = open(inbox.url);
  const texts = naughtyTexts();
  expect(texts.length).toBeGreaterThan(500);
  for (const text of texts) await checkSubject(inbox, mailer, text);
  expect(inbox.mails).toHaveLength(texts.length);
});

test.each([
  'eve@example.test, ada@example.test',
  'a b@c.test',
  'a@b.test\r\nBcc: c@d.test',
  '<a@b.test>',
  'nobody',
  '',
])('the address %j reaches no mail server', async (address) => {
  await using inbox = await startInbox();
  await using mailer = open(inbox.url);
  expect((await mailer.send(mailOf({ to: address }))).kind).toBe('rejected');
  expect(inbox.offered()).toBe(0);
});

test('an address refused at RCPT is rejected, one put off there is tried again', async () => {
  await using inbox = await startInbox({
    smtp: {
      onRcptTo: ({ address }, _session, callback) =>
        callback(Object.assign(new Error('5.1.1 nobody'), { responseCode: address.startsWith('gone') ? 550 : 450 })),
    },
  });
  await using mailer = open(inbox.url);
  expect((await mailer.send(mailOf({ to: 'gone@example.test' }))).kind).toBe('rejected');
  expect((await mailer.send(mailOf({ to: 'busy@example.test' }))).kind).toBe('retry');
});

test('a refused log-in loses no mail: it is ours to mend', async () => {
  await using inbox = await startInbox({
    smtp: {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(Object.assign(new Error('5.7.8 no'), { responseCode: 535 })),
    },
  });
  await using mailer = open(inbox.url.replace('//', '//user:p4ssw0rd@'));
  const outcome = await mailer.send(mailOf());
  expect(outcome).toMatchObject({ kind: 'retry', reason: expect.stringContaining('log-in') });
  expect(JSON.stringify(outcome)).not.toContain('p4ssw0rd');
});

test('a connection lost after the mail was handed over is tried again: nobody knows whether it was taken', async () => {
  await using target = await startRawTarget((socket) => {
    const answers = ['250 hello', '250 ok', '250 ok', '354 go on'];
    socket.write('220 ready\r\n');
    socket.on('data', (data) => {
      const next = answers.shift();
      if (next !== undefined) socket.write(`${next}\r\n`);
      else if (data.toString().endsWith('\r\n.\r\n')) socket.destroy();
    });
  });
  await using mailer = open(target.url.replace('http', 'smtp'));
  expect((await mailer.send(mailOf())).kind).toBe('retry');
  expect(target.connections()).toBe(1);
});

test('a greeting that never comes does not hold up the mail beyond its time', async () => {
  await using target = await startRawTarget(() => undefined);
  await using mailer = open(target.url.replace('http', 'smtp'));
  const outcome = await mailer.send(mailOf(), AbortSignal.timeout(200));
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('in time') });
});

test.each(['smtp://', 'http://mail.test', 'mail.test:25', ''])('SMTP_URL %j is refused in one line', (smtpUrl) => {
  expect(() => openMailer({ smtpUrl, from })).toThrow(/^SMTP_URL [^\n]+$/u);
});

test('what the mail server gets parses clean with its bodies as they were', async () => {
  await using inbox = await startInbox();
  await using mailer = open(inbox.url);
  const text = 'Größe 店 😀\n.\nFrom here\n\ttab\n';
  await mailer.send(mailOf({ text, html: `<p>${'ü'.repeat(2_000)}</p>` }));
  const parsed = await simpleParser(inbox.mails[0]?.raw ?? '');
  expect(parsed.text).toBe(text);
  expect(parsed.html).toBe(`<p>${'ü'.repeat(2_000)}</p>`);
});
