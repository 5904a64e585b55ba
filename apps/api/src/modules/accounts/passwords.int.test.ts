import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, type Person } from '../../test-api.fixture.ts';
import { type Accounts, startAccounts } from './accounts.fixture.ts';

let accounts: Accounts;
let api: Accounts['api'];
let inbox: Accounts['inbox'];
let post: Accounts['post'];
let mailTo: Accounts['mailTo'];
beforeAll(async () => {
  accounts = await startAccounts();
  ({ api, inbox, post, mailTo } = accounts);
});
afterAll(() => accounts[Symbol.asyncDispose]());

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
