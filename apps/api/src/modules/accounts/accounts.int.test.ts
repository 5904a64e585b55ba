import { startInbox, waitUntil } from '@farwatch/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, type Person, startTestApi, type TestApi, testOrigin } from '../../test-api.fixture.ts';

let api: TestApi;
let inbox: Awaited<ReturnType<typeof startInbox>>;
beforeAll(async () => {
  inbox = await startInbox();
  api = await startTestApi({ SMTP_URL: inbox.url });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await inbox[Symbol.asyncDispose]();
});

const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
  api.send({ method: 'POST', url: `/v1/auth${url}`, payload, headers: { origin: testOrigin, ...headers } });

const mailTo = async (email: string, subject: RegExp) => {
  const isIt = ({ to, parsed }: (typeof inbox.mails)[number]) =>
    to.includes(email) && subject.test(parsed.subject ?? '');
  await waitUntil(() => inbox.mails.some(isIt), 10_000);
  const text = inbox.mails.findLast(isIt)?.parsed.text ?? '';
  return { text, link: new URL(/http\S+/u.exec(text)?.[0] ?? '') };
};

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

describe('resetting the password', () => {
  test('the mail’s link sets a new one, once, and ends every session', async () => {
    const ann = await api.signUp('reset@example.com');
    expect(
      (await post('/request-password-reset', { email: ann.email, redirectTo: '/reset-password' })).statusCode,
    ).toBe(200);
    const { link } = await mailTo(ann.email, /new password/u);
    expect(link.pathname).toBe('/reset-password');
    const token = link.searchParams.get('token') ?? '';
    const reset = () => post('/reset-password', { token, newPassword: 'an entirely new password' });
    expect((await reset()).statusCode).toBe(200);
    expect((await ann.send({ url: '/v1/me' })).statusCode).toBe(401);
    expect((await post('/sign-in/email', { email: ann.email, password: ann.password })).statusCode).toBe(401);
    const signedIn = await post('/sign-in/email', { email: ann.email, password: 'an entirely new password' });
    expect(signedIn.statusCode).toBe(200);
    expect((await reset()).json()).toMatchObject({ status: 400, code: 'invalid-token' });
    await mailTo(ann.email, /was changed/u);
  });

  test('an unknown address gets the same answer as a known one, and no mail', async () => {
    const { email } = await api.signUp();
    const known = await post('/request-password-reset', { email });
    const unknown = await post('/request-password-reset', { email: 'stranger@example.com' });
    expect(unknown.statusCode).toBe(known.statusCode);
    expect(unknown.json()).toEqual(known.json());
    await mailTo(email, /new password/u);
    expect(inbox.mails.some(({ to }) => to.includes('stranger@example.com'))).toBe(false);
  });
});

describe('a reset by mail of an account that somebody else may have made', () => {
  const resetByMail = async (email: string): Promise<void> => {
    await post('/request-password-reset', { email });
    const { link } = await mailTo(email, /new password/u);
    const token = link.searchParams.get('token') ?? '';
    expect((await post('/reset-password', { token, newPassword: 'an entirely new password' })).statusCode).toBe(200);
  };
  const signIn = async (email: string) => {
    const cookie = cookieOf(await post('/sign-in/email', { email, password: 'an entirely new password' }));
    return (url: string) => api.send({ url, headers: { cookie } });
  };
  const addChannels = async ({ send }: Person) => {
    for (const target of [
      { kind: 'email', address: 'stranger@example.com' },
      { kind: 'webhook', url: 'https://hooks.example.com/x' },
    ])
      expect((await send({ method: 'POST', url: '/v1/channels', payload: { target } })).statusCode).toBe(201);
  };

  test('takes keys and channels from whoever signed up with an address that was never verified', async () => {
    const stranger = await api.signUp('victim@example.com');
    const key = await api.keyOf(stranger, 'write');
    await addChannels(stranger);
    const bystander = await api.signUp();
    const other = await api.keyOf(bystander, 'read');
    const { sql } = api.deps.db;
    await sql.query(
      `INSERT INTO passkey (id, user_id, credential_id, public_key, counter, device_type, backed_up)
       SELECT uuidv7(), id, 'strangers', 'key', 0, 'singleDevice', false FROM account WHERE email = 'victim@example.com'`,
    );
    await sql.query(
      `INSERT INTO two_factor (id, user_id, secret, backup_codes, verified)
       SELECT uuidv7(), id, 'secret', 'codes', true FROM account WHERE email = 'victim@example.com'`,
    );
    await sql.query(`UPDATE account SET two_factor_enabled = true WHERE email = 'victim@example.com'`);
    await resetByMail('victim@example.com');
    for (const table of ['passkey', 'two_factor']) expect((await sql.query(`SELECT 1 FROM ${table}`)).rows).toEqual([]);
    expect((await key.send({ url: '/v1/me' })).statusCode).toBe(401);
    expect((await other.send({ url: '/v1/me' })).statusCode).toBe(200);
    const read = await signIn('victim@example.com');
    const targets = (await read('/v1/channels')).json().items.map(({ target }: { target: string }) => target);
    expect(targets).toEqual(['victim@example.com']);
    expect((await read('/v1/me')).json().account.emailVerified).toBe(true);
  });

  test('leaves them to an account whose address was verified', async () => {
    const ann = await api.signUp('proven@example.com');
    const { link } = await mailTo(ann.email, /verify/u);
    await api.send({ url: link.pathname + link.search });
    const key = await api.keyOf(ann, 'write');
    await addChannels(ann);
    await resetByMail(ann.email);
    expect((await key.send({ url: '/v1/me' })).statusCode).toBe(200);
    expect((await (await signIn(ann.email))('/v1/channels')).json().items).toHaveLength(3);
  });
});

describe('changing the password', () => {
  const newPassword = 'an entirely new password';

  test.each([{}, { revokeOtherSessions: false }])(
    'ends every other session, asked with %j or not, keeps its own, and tells by mail',
    async (more) => {
      const ann = await api.signUp();
      const { email, password: currentPassword } = ann;
      const elsewhere = cookieOf(await post('/sign-in/email', { email, password: currentPassword }));
      const payload = { currentPassword, newPassword, ...more };
      const changed = await post('/change-password', payload, { cookie: ann.cookie });
      expect(changed.statusCode).toBe(200);
      const statusWith = async (cookie: string) => (await api.send({ url: '/v1/me', headers: { cookie } })).statusCode;
      expect(await statusWith(cookieOf(changed))).toBe(200);
      expect([await statusWith(elsewhere), await statusWith(ann.cookie)]).toEqual([401, 401]);
      await mailTo(email, /was changed/u);
    },
  );

  test('with a wrong password changes nothing, ends nothing and sends no mail', async () => {
    const { email, cookie } = await api.signUp();
    const payload = { currentPassword: 'not the password', newPassword };
    expect((await post('/change-password', payload, { cookie })).statusCode).toBe(400);
    expect((await api.send({ url: '/v1/me', headers: { cookie } })).statusCode).toBe(200);
    await post('/request-password-reset', { email });
    await mailTo(email, /new password/u); // mails leave in order, so one of a change would be here
    expect(inbox.mails.some(({ to, parsed }) => to.includes(email) && /changed/u.test(parsed.subject ?? ''))).toBe(
      false,
    );
  });
});

test('paths of better-auth that the product has no use for are not there', async () => {
  for (const path of ['/ok', '/error', '/update-user', '/delete-user', '/sign-in/social'])
    expect((await post(path, {})).statusCode).toBe(404);
});
