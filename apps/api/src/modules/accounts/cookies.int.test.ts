import { expect, test } from 'vitest';
import { startTestApi } from '../../test-api.fixture.ts';

const sessionCookieAt = async (publicUrl: string) => {
  await using api = await startTestApi({ FARWATCH_URL: publicUrl });
  const response = await api.send({
    method: 'POST',
    url: '/v1/auth/sign-up/email',
    headers: { origin: publicUrl },
    payload: { email: 'ann@example.com', password: 'correct horse battery', name: 'Ann' },
  });
  const header = [response.headers['set-cookie']].flat().find((text) => text?.includes('session')) ?? '';
  const cookie = header.split(';')[0] ?? '';
  const me = await api.send({ url: '/v1/me', headers: { cookie } });
  return { header, signedIn: me.statusCode === 200, hsts: me.headers['strict-transport-security'] };
};

test('over HTTPS the session cookie is bound to the host: __Host-, Secure, HttpOnly, SameSite=Lax, Path=/, no Domain', async () => {
  const { header, signedIn, hsts } = await sessionCookieAt('https://watch.example.com');
  expect(header).toMatch(/^__Host-farwatch\.session=/u);
  expect(header).toMatch(/; Secure(?:;|$)/u);
  expect(header).toMatch(/; HttpOnly(?:;|$)/u);
  expect(header).toMatch(/; SameSite=Lax(?:;|$)/u);
  expect(header).toMatch(/; Path=\/(?:;|$)/u);
  expect(header).not.toMatch(/Domain=/iu);
  expect(signedIn).toBe(true);
  expect(hsts).toBeDefined();
});

test('over HTTP on loopback it has a plain name and no Secure, so that it works', async () => {
  const { header, signedIn, hsts } = await sessionCookieAt('http://127.0.0.1:3999');
  expect(header).toMatch(/^farwatch\.session=.*; HttpOnly/u);
  expect(header).toMatch(/; SameSite=Lax(?:;|$)/u);
  expect(header).not.toMatch(/Secure/u);
  expect(signedIn).toBe(true);
  expect(hsts).toBeUndefined();
});
