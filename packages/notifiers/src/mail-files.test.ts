import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listMailFiles, writeMailFile } from './mail-files.ts';
import { openMailer } from './mailer.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'farwatch-mail-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const from = 'Farwatch <farwatch@localhost>';
const ada = { to: 'ada@example.test', organisationId: 'acme' };

test('without a mail server every mail is a file any mail program opens, and listed newest first', async () => {
  const mailDir = join(home, 'made', 'on', 'demand');
  expect(await listMailFiles(mailDir, ada, 10)).toEqual([]);
  const mailer = openMailer({ mailDir, from });
  await mailer.send({ to: 'ada@example.test', subject: 'Größe\r\nBcc: eve', text: 'one\n', html: '<p>one</p>' });
  await mailer.send({ to: 'bob@example.test', subject: 'not for Ada', text: 'two\n' });
  const outcome = await mailer.send({ to: 'Ada@example.test', subject: 'second', text: 'three\n', messageId: 'd-1' });
  expect(outcome.kind).toBe('delivered');
  const mails = await listMailFiles(mailDir, { ...ada, to: 'ADA@example.test' }, 10);
  expect(mails.map(({ subject, text }) => [subject, text]).sort()).toEqual([
    ['Größe Bcc: eve', 'one\n'],
    ['second', 'three\n'],
  ]);
  const newest = mails.find(({ subject }) => subject === 'second');
  const parsed = await simpleParser(await readFile(join(mailDir, newest?.file ?? ''), 'utf8'));
  expect(parsed).toMatchObject({ subject: 'second', text: 'three\n', messageId: '<d-1@localhost>' });
  expect(await listMailFiles(mailDir, null, 10)).toHaveLength(3);
  expect(await listMailFiles(mailDir, null, 2)).toHaveLength(2);
});

const entry = (at: number, organisationId: string | null = null) => ({
  ...{ at, to: 'ada@example.test', subject: `at ${at}`, text: '', organisationId },
});
const first = 1_700_000_000_000;

test('an alert is listed to its own organisation only, whoever it is addressed to; account mails to their address', async () => {
  const mailer = openMailer({ mailDir: home, from });
  for (const [subject, to, organisationId] of [
    ['reset', 'ada@example.test', undefined],
    ['ours', 'ada@example.test', 'acme'],
    ['theirs', 'ada@example.test', 'other'],
    ['ours, to Bob', 'bob@example.test', 'acme'],
  ] as const)
    await mailer.send({ to, subject, text: '', ...(organisationId === undefined ? {} : { organisationId }) });
  const listed = async (to: string, organisationId: string) =>
    (await listMailFiles(home, { to, organisationId }, 10)).map(({ subject }) => subject).sort();
  expect(await listed('ada@example.test', 'acme')).toEqual(['ours', 'reset']);
  expect(await listed('ada@example.test', 'other')).toEqual(['reset', 'theirs']);
  expect(await listed('bob@example.test', 'acme')).toEqual(['ours, to Bob']);
});

test('one organisation that writes many mails pushes out only its own', async () => {
  await writeMailFile(home, entry(first), Buffer.from('reset'));
  await writeMailFile(home, entry(first + 1, 'acme'), Buffer.from('x'));
  for (let i = 2; i < 110; i++) await writeMailFile(home, entry(first + i, 'loud'), Buffer.from('x'));
  const mails = await listMailFiles(home, null, 2_000);
  expect(mails).toHaveLength(102);
  expect(mails.slice(-3).map(({ at }) => at - first)).toEqual([10, 1, 0]);
});

test('the folder keeps the newest 1,000 mails, and no drafts', async () => {
  const old = Array.from({ length: 1_000 }, (_, i) => i);
  // Twenty addressees with fifty mails each.
  const stem = (i: number): string => join(home, `${first + i}-${String(i % 20).padStart(16, '0')}-${randomUUID()}`);
  const stems = old.map(stem);
  await Promise.all(stems.map((path, i) => writeFile(`${path}.json`, JSON.stringify(entry(first + i)))));
  await Promise.all(stems.map((path) => writeFile(`${path}.eml`, 'x')));
  for (const i of [1_000, 1_001, 1_002]) await writeMailFile(home, entry(first + i), Buffer.from('x'));
  const names = await readdir(home);
  expect(names.filter((name) => name.endsWith('.eml'))).toHaveLength(1_000);
  expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(1_000);
  expect(names).toHaveLength(2_000);
  const mails = await listMailFiles(home, null, 2_000);
  expect([mails.at(0)?.at, mails.at(-1)?.at]).toEqual([first + 1_002, first + 3]);
});

test('what does not belong there, or is damaged, is passed over', async () => {
  await writeMailFile(home, entry(1_700_000_000_000), Buffer.from('x'));
  const [name = ''] = (await readdir(home)).filter((n) => n.endsWith('.json'));
  await writeFile(join(home, name.replace('1700000000000', '1700000000001')), '{"at":');
  await writeFile(join(home, 'notes.txt'), 'mine');
  expect(await listMailFiles(home, null, 10)).toHaveLength(1);
  expect(await readdir(home)).toContain('notes.txt');
});

test('a folder that can not be written is told and tried again', async () => {
  await writeFile(join(home, 'file'), '');
  const mailer = openMailer({ mailDir: join(home, 'file', 'mail'), from });
  const outcome = await mailer.send({ to: 'ada@example.test', subject: '', text: '' });
  expect(outcome).toEqual({ kind: 'retry', reason: expect.stringContaining('ENOTDIR') });
});
