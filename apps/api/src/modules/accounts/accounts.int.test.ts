import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, testOrigin } from '../../test-api.fixture.ts';
import { type Accounts, startAccounts } from './accounts.fixture.ts';

let accounts: Accounts;
let api: Accounts['api'];
let post: Accounts['post'];
let mailTo: Accounts['mailTo'];
beforeAll(async () => {
  accounts = await startAccounts();
  ({ api, post, mailTo } = accounts);
});
afterAll(() => accounts[Symbol.asyncDispose]());

const count = async (table: string): Promise<number> => {
  const { rows } = await api.deps.db.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
  return rows[0]?.n ?? -1;
};

describe('signing up', () => {
  test('makes the account, its organisation, an owner and a channel to its address, and is logged in at once', async () => {
    const ann = await api.signUp('ann@acme-shop.example');
    const me = (await ann.send({ url: '/v1/me' })).json();
    expect(me).toMatchObject({
      account: { email: 'ann@acme-shop.example', emailVerified: false },
      organisation: { name: 'Acme-shop', role: 'owner' },
      regions: ['local'],
      mail: 'smtp',
    });
    const channels = (await ann.send({ url: '/v1/channels' })).json().items;
    expect(channels).toMatchObject([{ kind: 'email', target: 'ann@acme-shop.example' }]);
  });

  test('keeps the password only as argon2id with 64 MiB, 3 passes and 1 lane', async () => {
    await api.signUp();
    const { rows } = await api.deps.db.sql.query<{ password: string }>(`SELECT password FROM credential`);
    for (const { password } of rows) expect(password).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/u);
  });

  test('gives the account a version 7 id', async () => {
    const ann = await api.signUp();
    const { account } = (await ann.send({ url: '/v1/me' })).json();
    expect(account.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/u);
  });

  test('repairs an account whose organisation was never made, on its next request', async () => {
    const ann = await api.signUp();
    await api.deps.db.sql.query(`DELETE FROM organisation WHERE id = $1`, [ann.organisationId]);
    const both = await Promise.all([ann.send({ url: '/v1/me' }), ann.send({ url: '/v1/me' })]);
    const ids = new Set(both.map((response) => response.json().organisation.id));
    expect(ids.size).toBe(1);
    expect(ids).not.toContain(ann.organisationId);
  });

  test.each([
    [{ email: 'nobody', password: 'long enough password', name: 'x' }, '/email', 'wrong-format'],
    [{ email: 'a@example.com', password: 'short', name: 'x' }, '/password', 'too-short'],
    [{ email: 'a@example.com', password: 'long enough password', name: '' }, '/name', 'too-short'],
    [{ email: 'a@example.com', password: 'long enough password', name: 'x', role: 'admin' }, '/role', 'unknown-field'],
    [{ email: 'a@example.com', password: 'long enough password' }, '/name', 'missing'],
  ])('refuses %j and stores nothing', async (payload, pointer, code) => {
    const before = await count('account');
    const response = await post('/sign-up/email', payload);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({ code: 'validation-failed', errors: [{ pointer, code }] });
    expect(await count('account')).toBe(before);
  });

  test('with a NUL in the name is refused and stores nothing', async () => {
    const before = await count('account');
    const response = await post('/sign-up/email', {
      email: 'n@example.com',
      password: 'long enough password',
      name: 'a\0b',
    });
    expect(response.json()).toMatchObject({ status: 400, code: 'nul-character', errors: [{ pointer: '/name' }] });
    expect(await count('account')).toBe(before);
  });
});

describe('verifying by mail', () => {
  test('the mail’s link verifies the address and leads back to the dashboard', async () => {
    const response = await post('/sign-up/email', {
      email: 'vera@example.com',
      password: 'long enough password',
      name: 'Vera',
      callbackURL: '/verified',
    });
    const { link } = await mailTo('vera@example.com', /verify/u);
    expect(link.origin).toBe(testOrigin);
    const opened = await api.send({ url: link.pathname + link.search });
    expect(opened.statusCode).toBe(302);
    expect(opened.headers.location).toBe('/verified');
    const me = await api.send({ url: '/v1/me', headers: { cookie: cookieOf(response) } });
    expect(me.json().account.emailVerified).toBe(true);
  });

  test('a link can not be bent to lead to another site', async () => {
    const response = await post('/sign-up/email', {
      email: 'bent@example.com',
      password: 'long enough password',
      name: 'B',
      callbackURL: 'https://evil.example/',
    });
    expect(response.statusCode).toBe(403);
    expect(response.json().code).toBe('invalid-callback-url');
  });
});

describe('logging in and out', () => {
  test('the right password opens a session, logging out ends it at once', async () => {
    const { email, password } = await api.signUp();
    const response = await post('/sign-in/email', { email, password });
    const cookie = cookieOf(response);
    expect((await api.send({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(200);
    expect((await post('/sign-out', {}, { cookie })).statusCode).toBe(200);
    expect((await api.send({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(401);
  });

  test('a wrong password and an unknown address get the very same answer', async () => {
    const { email } = await api.signUp();
    const answers = await Promise.all([
      post('/sign-in/email', { email, password: 'not the password' }),
      post('/sign-in/email', { email: 'nobody-at-all@example.com', password: 'not the password' }),
    ]);
    const told = answers.map((response) => ({ ...response.json(), requestId: '' }));
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toMatchObject({ status: 401, code: 'invalid-email-or-password', title: 'Not signed in' });
  });

  test('a forged session cookie is nobody', async () => {
    const { cookie } = await api.signUp();
    const forged = cookie.replace(/session=.{6}/u, 'session=AAAAAA');
    expect((await api.send({ url: '/v1/me', headers: { cookie: forged } })).statusCode).toBe(401);
  });

  test('a page of another site can not sign anybody in with a cookie at hand', async () => {
    const { email, password, cookie } = await api.signUp();
    const response = await post('/sign-in/email', { email, password }, { cookie, origin: 'https://evil.example' });
    expect(response.statusCode).toBe(403);
  });
});

test('paths of better-auth that the product has no use for are not there', async () => {
  for (const path of ['/ok', '/error', '/update-user', '/delete-user', '/sign-in/social'])
    expect((await post(path, {})).statusCode).toBe(404);
});
