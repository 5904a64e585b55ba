export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
export type Method = (typeof methods)[number];

/** What a server is asked. `secret`: the header that holds a credential, which goes to the first origin alone. */
export type Question = Readonly<{
  method: Method;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  secret: Readonly<{ name: string; value: string }> | null;
}>;

const isType = (name: string): boolean => name.toLowerCase() === 'content-type';

/**
 * What is asked where a redirect leads. As the Fetch standard has it (HTTP-redirect fetch, steps 11 to 13), 303, and a POST
 * that met 301 or 302, become a GET without a body. To another origin no credential and no header of the owner's goes along.
 */
export const redirected = (question: Question, status: number, from: URL, to: URL): Question => {
  const { method } = question;
  const asGet = (status === 303 && method !== 'GET' && method !== 'HEAD') || (status <= 302 && method === 'POST');
  const elsewhere = from.origin !== to.origin;
  const body = asGet ? null : question.body;
  const kept = Object.entries(question.headers).filter(([name]) => (isType(name) ? body !== null : !elsewhere));
  return {
    method: asGet ? 'GET' : method,
    headers: Object.fromEntries(kept),
    body,
    secret: elsewhere ? null : question.secret,
  };
};

/** Headers that the connection or the product sets, and nobody else. */
const ours: ReadonlySet<string> = new Set([
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'upgrade', 'keep-alive', 'te', 'trailer', 'expect'],
  ...['proxy-authorization', 'proxy-connection', 'user-agent', 'accept-encoding'],
]);
export const headerIsOurs = (name: string): boolean => ours.has(name.toLowerCase());

/** What a visitor's browser can read. */
export const allCodings = 'gzip, deflate, br, zstd';

type Asking = Readonly<{ userAgent: string; codings: string }>;
/** The headers of one request, but those that the connection sets. */
export const headersOf = ({ headers, secret }: Question, { userAgent, codings }: Asking): Record<string, string> => {
  const all: Record<string, string> = { accept: '*/*' };
  for (const [name, value] of Object.entries(headers)) if (!headerIsOurs(name)) all[name.toLowerCase()] = value;
  if (secret !== null) all[secret.name.toLowerCase()] = secret.value;
  all['user-agent'] = userAgent;
  all['accept-encoding'] = codings;
  return all;
};
