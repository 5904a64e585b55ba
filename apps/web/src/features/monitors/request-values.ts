import type { MonitorView, NewMonitor } from '@farwatch/contracts';
import { msg, t } from '@lingui/core/macro';

export const authKinds = [
  { value: 'none', label: msg`None` },
  { value: 'basic', label: msg`User name and password` },
  { value: 'bearer', label: msg`Bearer token` },
  { value: 'header', label: msg`A header of its own` },
] as const;
export type AuthKind = (typeof authKinds)[number]['value'];

/** How the form holds a log-in. `kept`: the kind that is set, whose secret is not known here; `keptUrl`: what it is sent to. */
export type AuthValues = Readonly<{ kind: AuthKind; name: string; secret: string }> &
  Readonly<{ kept: AuthKind; keptName: string; keptUrl: string }>;
export const authValues = (auth: MonitorView['auth'], keptUrl = ''): AuthValues => {
  const kind = auth?.kind ?? 'none';
  const name = auth?.name ?? '';
  return { kind, name, secret: '', kept: kind, keptName: name, keptUrl };
};

const isAsItWas = ({ kind, name, secret, kept, keptName }: AuthValues): boolean =>
  kind === kept && name === keptName && secret === '';

/** What is sent of it: nothing while it is as it was, null to take it away. */
export const authPart = (auth: AuthValues): Pick<NewMonitor, 'auth'> => {
  const { kind, name, secret } = auth;
  if (isAsItWas(auth)) return {};
  switch (kind) {
    case 'none':
      return { auth: null };
    case 'basic':
      return { auth: { kind, username: name, password: secret } };
    case 'bearer':
      return { auth: { kind, token: secret } };
    case 'header':
      return { auth: { kind, name, value: secret } };
  }
};
const originOf = (url: string): string | undefined => URL.parse(url)?.origin;
/** What is missing of a log-in that is to be set, or to go on with another host. */
export const authFault = (auth: AuthValues, url: string): string | null => {
  const { kind, name, secret, keptUrl } = auth;
  if (kind === 'none') return null;
  const moves = originOf(url) !== undefined && originOf(url) !== originOf(keptUrl);
  if (isAsItWas(auth)) return moves ? t`The URL leads elsewhere: enter the secret again, or choose None.` : null;
  if (kind !== 'bearer' && name === '') return kind === 'basic' ? t`Enter the user name.` : t`Enter the header’s name.`;
  return secret === '' ? t`Enter the secret again: what is set is not known here.` : null;
};

export const hasBody = (method: MonitorView['method']): boolean =>
  method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE';

export const headersText = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

const line = /^([A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}):\s*(.*?)\s*$/u;
const linesOf = (text: string): readonly string[] => text.split('\n').filter((each) => each.trim() !== '');
export const headersOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    linesOf(text).flatMap((each) => {
      const [, name, value = ''] = line.exec(each) ?? [];
      return name === undefined ? [] : [[name, value] as const];
    }),
  );
/** As a merge patch: what is gone from the text is taken away. A header's name is the same in any case. */
export const headersPatch = (text: string, before: Readonly<Record<string, string>>): Record<string, string | null> => {
  const now = headersOf(text);
  const left = new Set(Object.keys(now).map((name) => name.toLowerCase()));
  const gone = Object.keys(before).filter((name) => !left.has(name.toLowerCase()));
  return { ...now, ...Object.fromEntries(gone.map((name) => [name, null])) };
};
export const headersFault = (text: string): string | null => {
  const wrong = linesOf(text).find((each) => !line.test(each));
  if (wrong !== undefined) return t`“${wrong.slice(0, 60)}” is no header: a name, a colon, a value.`;
  const unsent = linesOf(text).find((each) => /[^\x20-\x7e\u00a0-\u00ff]/u.test(each.trim()));
  if (unsent !== undefined) return t`“${unsent.slice(0, 60)}” holds a character that no header can.`;
  return linesOf(text).length > 20 ? t`At most 20 headers.` : null;
};
