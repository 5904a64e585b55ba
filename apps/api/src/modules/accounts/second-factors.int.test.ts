import { createHmac } from 'node:crypto';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cookieOf, type Person, startTestApi, testOrigin } from '../../test-api.fixture.ts';
import { type Accounts, startAccounts } from './accounts.fixture.ts';

let accounts: Accounts;
let api: Accounts['api'];
beforeAll(async () => {
  accounts = await startAccounts();
  ({ api } = accounts);
});
afterAll(() => accounts[Symbol.asyncDispose]());

const post = (url: string, payload: object, cookie = '') => accounts.post(url, payload, { cookie });

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const bytesOf = (base32: string): Buffer => {
  const bits = [...base32].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
};
/** The six digits that an app would show now (RFC 6238). */
const codeOf = (totpURI: string): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const secret = bytesOf(new URL(totpURI).searchParams.get('secret') ?? '');
  const hash = createHmac('sha1', secret).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
};
/** A code that is surely not the one of now, before or after. */
const wrongCode = (totpURI: string): string => String((Number(codeOf(totpURI)) + 123_457) % 1_000_000).padStart(6, '0');

const mailed = (email: string, subject: RegExp) => accounts.mailTo(email, subject);

const turnOn = async ({ email, password, cookie }: Person) => {
  const begun = await post('/two-factor/enable', { password }, cookie);
  expect(begun.statusCode, begun.body).toBe(200);
  const { totpURI, backupCodes } = begun.json<{ totpURI: string; backupCodes: string[] }>();
  const verified = await post('/two-factor/verify-totp', { code: codeOf(totpURI) }, cookie);
  expect(verified.statusCode, verified.body).toBe(200);
  return { email, password, totpURI, backupCodes, cookie: cookieOf(verified) };
};
const firstStep = async ({ email, password }: Pick<Person, 'email' | 'password'>, cookie = '') => {
  const response = await post('/sign-in/email', { email, password }, cookie);
  return { response, cookie: cookieOf(response) };
};
const isIn = async (response: LightMyRequestResponse): Promise<boolean> =>
  (await api.send({ url: '/v1/me', headers: { cookie: cookieOf(response) } })).statusCode === 200;

describe('two-factor', () => {
  test('is on after the first code, told by mail, and asked for at the next log-in', async () => {
    const person = await turnOn(await api.signUp());
    await mailed(person.email, /second step at log-in was turned on/u);
    const me = await api.send({ url: '/v1/me', headers: { cookie: person.cookie } });
    expect(me.json().account.twoFactor).toBe(true);
    const { response, cookie } = await firstStep(person);
    expect(response.json()).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ['totp'] });
    expect(await isIn(response)).toBe(false);
    const second = await post('/two-factor/verify-totp', { code: codeOf(person.totpURI) }, cookie);
    expect(second.statusCode).toBe(200);
    expect(await isIn(second)).toBe(true);
  });

  test('keeps neither the secret nor the backup codes readable', async () => {
    const person = await turnOn(await api.signUp());
    const { rows } = await api.deps.db.sql.query<{ secret: string; backup_codes: string }>(
      'SELECT secret, backup_codes FROM two_factor JOIN account ON account.id = user_id WHERE email = $1',
      [person.email],
    );
    const secret = bytesOf(new URL(person.totpURI).searchParams.get('secret') ?? '').toString();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.secret).not.toContain(secret);
    for (const code of person.backupCodes) expect(rows[0]?.backup_codes).not.toContain(code);
  });

  test('a backup code works once', async () => {
    const person = await turnOn(await api.signUp());
    const [code] = person.backupCodes;
    const first = await firstStep(person);
    const used = await post('/two-factor/verify-backup-code', { code }, first.cookie);
    expect(await isIn(used)).toBe(true);
    const again = await firstStep(person);
    const refused = await post('/two-factor/verify-backup-code', { code }, again.cookie);
    expect(refused.statusCode).toBe(401);
    expect(refused.json().code).toBe('invalid-backup-code');
  });

  test('new backup codes take the place of the old ones, and a mail tells', async () => {
    const person = await turnOn(await api.signUp());
    const { password } = person;
    expect(
      (await post('/two-factor/generate-backup-codes', { password: 'not the password' }, person.cookie)).statusCode,
    ).toBe(400);
    const made = (await post('/two-factor/generate-backup-codes', { password }, person.cookie)).json();
    expect(made.backupCodes).toHaveLength(10);
    await mailed(person.email, /new backup codes/u);
    const { cookie } = await firstStep(person);
    expect((await post('/two-factor/verify-backup-code', { code: person.backupCodes[0] }, cookie)).statusCode).toBe(
      401,
    );
    expect((await post('/two-factor/verify-backup-code', { code: made.backupCodes[0] }, cookie)).statusCode).toBe(200);
  });

  test('after five wrong codes not even the right one goes on', async () => {
    const person = await turnOn(await api.signUp());
    const { cookie } = await firstStep(person);
    for (let i = 0; i < 5; i++) {
      const refused = await post('/two-factor/verify-totp', { code: wrongCode(person.totpURI) }, cookie);
      expect(refused.json()).toMatchObject({ status: 401, code: 'invalid-code' });
    }
    const late = await post('/two-factor/verify-totp', { code: codeOf(person.totpURI) }, cookie);
    expect(late.json().code).toBe('too-many-attempts-request-new-code');
    expect(await isIn(late)).toBe(false);
  });

  test('ten wrong codes lock the second step, whatever log-in they come from', async () => {
    const person = await turnOn(await api.signUp());
    for (let round = 0; round < 2; round++) {
      const { cookie } = await firstStep(person);
      for (let i = 0; i < 5; i++) await post('/two-factor/verify-totp', { code: wrongCode(person.totpURI) }, cookie);
    }
    const { cookie } = await firstStep(person);
    const right = await post('/two-factor/verify-totp', { code: codeOf(person.totpURI) }, cookie);
    expect(right.json()).toMatchObject({ status: 429, code: 'account-temporarily-locked' });
  });

  test('a trusted browser is not asked again, another one is', async () => {
    const person = await turnOn(await api.signUp());
    const { cookie } = await firstStep(person);
    const trusted = await post('/two-factor/verify-totp', { code: codeOf(person.totpURI), trustDevice: true }, cookie);
    expect(await isIn((await firstStep(person, cookieOf(trusted))).response)).toBe(true);
    expect(await isIn((await firstStep(person)).response)).toBe(false);
  });

  test('is turned off only with the password, and a mail tells', async () => {
    const person = await turnOn(await api.signUp());
    const wrong = await post('/two-factor/disable', { password: 'not the password' }, person.cookie);
    expect(wrong.statusCode).toBe(400);
    const off = await post('/two-factor/disable', { password: person.password }, person.cookie);
    expect(off.statusCode).toBe(200);
    await mailed(person.email, /second step at log-in was turned off/u);
    expect(await isIn((await firstStep(person)).response)).toBe(true);
  });

  test.each(['/two-factor/send-otp', '/two-factor/verify-otp', '/two-factor/get-totp-uri', '/passkey/update-passkey'])(
    '%s of the library is not let through',
    async (url) => expect((await post(url, {})).statusCode).toBe(404),
  );
});

test('tries at a second step are limited by the minute, as log-ins are', async () => {
  await using strict = await startTestApi({ FARWATCH_SIGN_IN_LIMIT: '3' });
  const answers: number[] = [];
  for (let i = 0; i < 4; i++)
    answers.push(
      (
        await strict.send({
          method: 'POST',
          url: '/v1/auth/two-factor/verify-totp',
          payload: { code: '000000' },
          headers: { origin: testOrigin },
          remoteAddress: '198.51.100.9', // the limiter counts by address, for the whole process
        })
      ).statusCode,
    );
  expect(answers).toEqual([401, 401, 401, 429]);
});

describe('passkeys', () => {
  const addTo = async (person: Person): Promise<string> => {
    const { rows } = await api.deps.db.sql.query<{ id: string }>(
      `INSERT INTO passkey (id, user_id, name, credential_id, public_key, counter, device_type, backed_up)
       SELECT gen_random_uuid(), id, 'Key', gen_random_uuid()::text, 'x', 0, 'singleDevice', false
       FROM account WHERE email = $1 RETURNING id`,
      [person.email],
    );
    return rows[0]?.id ?? '';
  };
  const list = async ({ cookie }: Person): Promise<readonly unknown[]> =>
    (await api.send({ url: '/v1/auth/passkey/list-user-passkeys', headers: { cookie } })).json();

  test('of another account are neither listed nor removed', async () => {
    const [ann, eve] = [await api.signUp(), await api.signUp()];
    const id = await addTo(ann);
    expect(await list(eve)).toEqual([]);
    expect((await post('/passkey/delete-passkey', { id }, eve.cookie)).statusCode).toBeGreaterThanOrEqual(400);
    expect(await list(ann)).toHaveLength(1);
  });

  test('the owner removes one, and a mail tells', async () => {
    const ann = await api.signUp();
    const id = await addTo(ann);
    expect((await post('/passkey/delete-passkey', { id }, ann.cookie)).statusCode).toBe(200);
    expect(await list(ann)).toEqual([]);
    await mailed(ann.email, /passkey was removed/u);
  });

  test('are bound to a name: on loopback to localhost, never to an address', async () => {
    const ann = await api.signUp();
    const options = await api.send({
      url: '/v1/auth/passkey/generate-register-options?name=Laptop',
      headers: { cookie: ann.cookie },
    });
    expect(options.json()).toMatchObject({
      rp: { id: 'localhost', name: 'Farwatch' },
      authenticatorSelection: { userVerification: 'required', residentKey: 'required' },
    });
  });

  test('nobody without a session is given what making one needs', async () => {
    expect((await api.send({ url: '/v1/auth/passkey/generate-register-options' })).statusCode).toBe(401);
  });
});

describe('sessions', () => {
  const sessionsOf = async (cookie: string) =>
    (await api.send({ url: '/v1/auth/list-sessions', headers: { cookie } })).json<{ id: string; token: string }[]>();

  test('are listed with device and address, and each can be ended alone', async () => {
    const ann = await api.signUp();
    const other = await firstStep(ann);
    const all = await sessionsOf(ann.cookie);
    expect(all).toHaveLength(2);
    expect(all[0]).toMatchObject({ userAgent: expect.any(String), ipAddress: '127.0.0.1' });
    const own = (await api.send({ url: '/v1/auth/get-session', headers: { cookie: ann.cookie } })).json();
    const token = all.find(({ id }) => id !== own.session.id)?.token ?? '';
    await post('/revoke-session', { token }, ann.cookie);
    expect(await isIn(other.response)).toBe(false);
    expect(await sessionsOf(ann.cookie)).toHaveLength(1);
  });

  test('of another account can’t be ended', async () => {
    const [ann, eve] = [await api.signUp(), await api.signUp()];
    const [session] = await sessionsOf(ann.cookie);
    await post('/revoke-session', { token: session?.token ?? '' }, eve.cookie);
    expect(await sessionsOf(ann.cookie)).toHaveLength(1);
  });
});
