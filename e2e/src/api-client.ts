/** The public REST API as a script would use it: with a key, or with the cookie of a session. */
export type ApiClient = Readonly<{
  call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  /** A list as NDJSON, all of it. */
  rows: <T>(path: string) => Promise<readonly T[]>;
}>;

const headersOf = (url: string, auth: Readonly<Record<string, string>>, body: unknown) => ({
  accept: 'application/json',
  origin: new URL(url).origin,
  ...auth,
  ...(body === undefined ? {} : { 'content-type': 'application/json' }),
});

const client = (url: string, auth: Readonly<Record<string, string>>): ApiClient => ({
  call: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(new URL(path, url), {
      method,
      headers: headersOf(url, auth, body),
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T; // the caller names what the endpoint answers
  },
  rows: async <T>(path: string): Promise<readonly T[]> => {
    const headers = { ...auth, accept: 'application/x-ndjson' };
    const response = await fetch(new URL(path, url), { headers, signal: AbortSignal.timeout(60_000) });
    const text = await response.text();
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${text}`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as T); // the caller names what the endpoint answers
  },
});

/** Signs up over REST and makes a key that may write. */
export const signUp = async (url: string, email: string, password: string): Promise<ApiClient> => {
  const body = { email, password, name: email };
  const response = await fetch(new URL('/v1/auth/sign-up/email', url), {
    method: 'POST',
    headers: headersOf(url, {}, body),
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`sign-up: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.slice(0, line.indexOf(';')))
    .join('; ');
  const { key } = await client(url, { cookie }).call<{ key: string }>('POST', '/v1/api-keys', {
    name: 'test',
    scope: 'write',
  });
  return client(url, { authorization: `Bearer ${key}` });
};
