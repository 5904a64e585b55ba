import { waitUntil } from '@farwatch/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../test-api.fixture.ts';
import { type Accounts, startAccounts } from './accounts.fixture.ts';

let accounts: Accounts;
let api: Accounts['api'];
beforeAll(async () => {
  accounts = await startAccounts();
  ({ api } = accounts);
});
afterAll(() => accounts[Symbol.asyncDispose]());

const callbackURL = '/verified?changed=yes';
const post = (url: string, payload: object, cookie = '') => accounts.post(url, payload, { cookie });
const ask = ({ cookie, password }: Pick<Person, 'cookie' | 'password'>, newEmail: string) =>
  post('/change-email', { newEmail, password, callbackURL }, cookie);
const mailsTo = (email: string) => accounts.inbox.mails.filter(({ to }) => to.includes(email));
const mailTo = async (email: string, subject: RegExp): Promise<string> => (await accounts.mailTo(email, subject)).text;
const linkTo = async (email: string): Promise<string> => {
  const { pathname, search } = (await accounts.mailTo(email, /confirm your new/u)).link;
  return pathname + search;
};
const opened = async (url: string, cookie = ''): Promise<unknown> =>
  (await api.send({ url, headers: { cookie } })).headers.location;
const account = async (person: Person) => (await person.send({ url: '/v1/me' })).json().account;

/** How many wait for what another holds. */
const waiting = async (): Promise<number> => {
  const { rows } = await api.deps.db.sql.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length;
};

test('nothing changes before the new address’s link is opened; then it logs in, and the old one was told twice', async () => {
  const ann = await api.signUp();
  expect((await ask(ann, 'New.Ann@example.com')).json()).toEqual({ status: true });
  expect(await mailTo(ann.email, /was asked for/u)).toContain('New.Ann@example.com');
  expect(await account(ann)).toMatchObject({ email: ann.email, emailVerified: false });
  expect(await opened(await linkTo('new.ann@example.com'))).toBe(callbackURL);
  expect(await account(ann)).toMatchObject({ email: 'new.ann@example.com', emailVerified: true });
  expect(await mailTo(ann.email, /was changed/u)).toContain('new.ann@example.com');
  const { password } = ann;
  expect((await post('/sign-in/email', { email: 'new.ann@example.com', password })).statusCode).toBe(200);
  expect((await post('/sign-in/email', { email: ann.email, password })).statusCode).toBe(401);
});

test('the channel to the old address stays as it is', async () => {
  const bob = await api.signUp();
  const channels = async () => (await bob.send({ url: '/v1/channels' })).json().items;
  const before = await channels();
  await ask(bob, 'new.bob@example.com');
  await opened(await linkTo('new.bob@example.com'));
  expect(await channels()).toEqual(before);
  expect(before).toMatchObject([{ kind: 'email', target: bob.email, status: 'active' }]);
});

test('an address that has an account gets the same answer and no mail', async () => {
  const [cleo, dora] = [await api.signUp(), await api.signUp()];
  const [taken, free] = [await ask(cleo, dora.email), await ask(cleo, 'free@example.com')];
  expect([taken.statusCode, taken.json()]).toEqual([free.statusCode, free.json()]);
  await linkTo('free@example.com');
  const subjects = mailsTo(dora.email).map(({ parsed }) => parsed.subject);
  expect(subjects.filter((subject) => subject?.includes('new e-mail') === true)).toEqual([]);
});

test('an address taken between the asking and the link stays with who took it', async () => {
  const eve = await api.signUp();
  await ask(eve, 'wanted@example.com');
  const link = await linkTo('wanted@example.com');
  await api.signUp('wanted@example.com');
  expect(await opened(link)).toBe(`${callbackURL}&error=EMAIL_TAKEN`);
  expect((await account(eve)).email).toBe(eve.email);
});

test('an address that somebody else takes in the very moment of the link is said to be taken', async () => {
  const [quick, slow] = [await api.signUp(), await api.signUp()];
  await ask(slow, 'both@example.com');
  const link = await linkTo('both@example.com');
  let answer: Promise<unknown> | undefined;
  await api.deps.db.transaction(async (tx) => {
    await tx.query('UPDATE account SET email = $2 WHERE email = $1', [quick.email, 'both@example.com']);
    answer = opened(link); // it sees the address free, and waits for us
    await waitUntil(async () => (await waiting()) === 1, 10_000);
  });
  expect(await answer).toBe(`${callbackURL}&error=EMAIL_TAKEN`);
  expect((await account(slow)).email).toBe(slow.email);
});

/** Holds what happens to this account until all of `answers` wait for it. */
const atOnce = async (email: string, ask: () => readonly Promise<unknown>[]): Promise<readonly unknown[]> => {
  let answers: readonly Promise<unknown>[] = [];
  await api.deps.db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM account WHERE email = $1 FOR UPDATE', [email]);
    answers = ask();
    await waitUntil(async () => (await waiting()) === answers.length, 10_000);
  });
  return Promise.all(answers);
};

test('one link that is opened twice in one moment changes the address once, and both say so', async () => {
  const kit = await api.signUp();
  await ask(kit, 'new.kit@example.com');
  const link = await linkTo('new.kit@example.com');
  const answers = await atOnce(kit.email, () => [opened(link), opened(link)]);
  expect(answers).toEqual([callbackURL, callbackURL]);
  expect(await account(kit)).toMatchObject({ email: 'new.kit@example.com', emailVerified: true });
});

test('a link that was opened a moment ago does not call one’s own new address somebody else’s', async () => {
  const noa = await api.signUp();
  await ask(noa, 'new.noa@example.com');
  const link = await linkTo('new.noa@example.com');
  let answer: Promise<unknown> | undefined;
  await api.deps.db.transaction(async (tx) => {
    await tx.query('LOCK TABLE credential IN ACCESS EXCLUSIVE MODE');
    answer = opened(link); // it has seen the old address, and waits to ask whether the new one is free
    await waitUntil(async () => (await waiting()) === 1, 10_000);
    await tx.query('UPDATE account SET email = $2 WHERE email = $1', [noa.email, 'new.noa@example.com']);
  });
  expect(await answer).toBe(callbackURL);
});

test('of two people who confirm one new address in one moment the second is told that it is taken', async () => {
  const [lea, mia] = [await api.signUp(), await api.signUp()];
  const links: string[] = [];
  for (const person of [lea, mia]) {
    await ask(person, 'wished@example.com');
    await waitUntil(() => mailsTo('wished@example.com').length > links.length, 10_000);
    links.push(await linkTo('wished@example.com'));
  }
  const bare = links.map((link) => link.replace(/&callbackURL=[^&]*/u, ''));
  const answers = await Promise.all(bare.map((url) => api.send({ url })));
  expect(answers.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409]);
  const refused = answers.find(({ statusCode }) => statusCode === 409);
  expect(refused?.headers['content-type']).toContain('application/problem+json');
  expect(refused?.json()).toMatchObject({ status: 409, code: 'email-taken' });
});

test('a link works once, and not in a browser where somebody else is logged in', async () => {
  const [finn, gus] = [await api.signUp(), await api.signUp()];
  await ask(finn, 'new.finn@example.com');
  const link = await linkTo('new.finn@example.com');
  expect(await opened(link, gus.cookie)).toBe(`${callbackURL}&error=INVALID_USER`);
  expect(await opened(link)).toBe(callbackURL);
  expect(await opened(link)).toBe(`${callbackURL}&error=INVALID_TOKEN`);
});

test('a link of before a new password changes nothing', async () => {
  const hal = await api.signUp();
  await ask(hal, 'thief@example.com');
  const link = await linkTo('thief@example.com');
  // As if a second had gone by: the link knows whole seconds only.
  await api.deps.db.sql.query(
    `UPDATE credential c SET updated_at = now() + interval '1 second' FROM account a WHERE a.id = c.user_id AND a.email = $1`,
    [hal.email],
  );
  expect(await opened(link)).toBe(`${callbackURL}&error=INVALID_TOKEN`);
  expect((await account(hal)).email).toBe(hal.email);
});

test.each([
  [{ newEmail: 'nobody' }, 400, 'validation-failed'],
  [{ newEmail: 'IDA@example.com' }, 400, 'same-email'],
  [{ newEmail: 'x@example.com', password: 'not the password' }, 400, 'invalid-password'],
  [{ newEmail: 'x@example.com', callbackURL: 'https://evil.example/' }, 403, 'invalid-callback-url'],
])('%j is refused, and nobody is mailed', async (given, status, code) => {
  const email = 'ida@example.com';
  const known = await post('/sign-in/email', { email, password: 'correct horse battery staple' });
  const ida = known.statusCode === 200 ? null : await api.signUp(email);
  const cookie =
    ida?.cookie ?? known.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join(';');
  const payload = { password: 'correct horse battery staple', callbackURL, ...given };
  const answer = await post('/change-email', payload, cookie);
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  expect(mailsTo('x@example.com')).toEqual([]);
});

test('nobody who isn’t logged in can ask', async () => {
  expect((await ask({ cookie: '', password: 'correct horse battery staple' }, 'y@example.com')).statusCode).toBe(401);
});
