import { parseArgs } from 'node:util';
import { type DialRules, headerIsOurs, type LookRequest, parseDialRules } from '@farwatch/checker';

export type CheckArguments = Readonly<{ request: LookRequest; rules: DialRules; json: boolean }>;

export const usage = `farwatch check URL [--json] [--allow CIDR …] [--origin URL] [--insecure]
               [--method GET|HEAD|POST|…] [--header 'Name: value' …] [--body TEXT] [--expect 200-399]
               [--timeout SECONDS] [--redirects N] [--slow MS] [--http auto|1.1|2] [--ipv4] [--ipv6]
Looks at the URL once from this machine and says what came of it: who wrote the answer, who broke and why, what to do first.
--json prints one JSON document: result, evidence and diagnosis. Private addresses are refused unless --allow opens their
range. --origin asks the site's own server as well when the URL fails. --insecure takes any certificate; --slow counts a good
answer that takes longer as degraded. Ends with 0 when it is up and the answer is what it seems, with 1 when it is not (down,
degraded, or an error served as a good answer), and with 2 when the command line is wrong.`;

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const versions = ['auto', '1.1', '2'] as const;
const secretNames = /^(?:authorization|cookie|x-api-key|x-auth-token)$/iu;

const oneOf = <T extends string>(name: string, known: readonly T[], text: string): T => {
  const found = known.find((each) => each === text);
  if (found === undefined) throw new Error(`--${name} is one of ${known.join(', ')}, not “${text}”`);
  return found;
};
const between = (name: string, text: string, [least, most]: readonly [number, number]): number => {
  const value = /^\d{1,7}(?:\.\d{1,3})?$/u.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= most))
    throw new Error(`--${name} is a number from ${least} to ${most}, not “${text}”`);
  return value;
};

/** A password is never repeated in an error text. */
const urlOf = (name: string, text: string): string => {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/u.test(url.protocol))
    throw new Error(`${name} begins with http:// or https://, such as https://shop.example/`);
  if (url.username !== '' || url.password !== '')
    throw new Error(`${name} holds a user name or password; send it by --header 'Authorization: …'`);
  return url.href;
};

/** The first that holds a credential is kept out of evidence. */
const headersOf = (texts: readonly string[]): Pick<LookRequest, 'headers' | 'secret'> => {
  const fields = texts.map((text): readonly [string, string] => {
    const [, name, value] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}):[ \t]*([^\r\n\0]{0,8000})$/u.exec(text) ?? [];
    if (name === undefined || value === undefined) throw new Error("--header is written 'Name: value'");
    if (headerIsOurs(name)) throw new Error(`the header ${name} is set by the check itself`);
    return [name, value];
  });
  const [name, value] = fields.find(([each]) => secretNames.test(each)) ?? [];
  return {
    headers: Object.fromEntries(fields.filter(([each]) => each !== name)),
    secret: name === undefined || value === undefined ? null : { name, value },
  };
};

const expectOf = (text: string): string => {
  if (!/^[1-5]\d\d(?:-[1-5]\d\d)?(?:,[1-5]\d\d(?:-[1-5]\d\d)?){0,20}$/u.test(text))
    throw new Error(`--expect is written 200-399 or 200,404, not “${text}”`);
  return text;
};

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const many = { type: 'string', multiple: true } as const;
const read = (args: readonly string[]) =>
  parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{ json: flag, insecure: flag, ipv4: { ...flag, short: '4' }, ipv6: { ...flag, short: '6' } },
      ...{
        help: { ...flag, short: 'h' },
        allow: many,
        header: { ...many, short: 'H' },
        method: { ...text, short: 'X' },
      },
      ...{ body: text, expect: text, timeout: text, redirects: text, slow: text, http: text, origin: text },
    },
  });

/** Reads the command line; `help` when that is what is asked for. Throws what is wrong with it in words. */
export const parseCheck = (args: readonly string[]): CheckArguments | 'help' => {
  const { values, positionals } = read(args);
  if (values.help) return 'help';
  const [url, ...more] = positionals;
  if (url === undefined) throw new Error(`which URL?\n${usage}`);
  if (more.length > 0) throw new Error(`one URL at a time, please\n${usage}`);
  if (values.ipv4 && values.ipv6) throw new Error('--ipv4 and --ipv6 shut each other out');
  return {
    json: values.json,
    rules: parseDialRules((values.allow ?? []).join(',')),
    request: {
      url: urlOf('the URL', url),
      method: oneOf('method', methods, (values.method ?? 'GET').toUpperCase()),
      ...headersOf(values.header ?? []),
      body: values.body ?? null,
      verifyTls: !values.insecure,
      timeoutMs: Math.round(1_000 * between('timeout', values.timeout ?? '30', [0.1, 120])),
      maxRedirects: between('redirects', values.redirects ?? '5', [0, 20]),
      expectedStatuses: expectOf(values.expect ?? '200-399'),
      degradedAboveMs: values.slow === undefined ? null : between('slow', values.slow, [1, 120_000]),
      http: oneOf('http', versions, values.http ?? 'auto'),
      family: values.ipv4 ? 'ipv4' : values.ipv6 ? 'ipv6' : 'any',
      origin: values.origin === undefined ? null : urlOf('--origin', values.origin),
      userAgent: 'Farwatch/0.1 (+https://farwatch.dev/probe)',
      keepsEvidence: 'always',
    },
  };
};
