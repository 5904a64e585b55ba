import type { MonitorView, NewMonitor } from '@farwatch/contracts';

export const authKinds = [
  { value: 'none', label: 'None' },
  { value: 'basic', label: 'User name and password' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'header', label: 'A header of its own' },
] as const;
export type AuthKind = (typeof authKinds)[number]['value'];

/** How the form holds a log-in. `kept`: the kind that is set, whose secret is not known here. */
export type AuthValues = Readonly<{ kind: AuthKind; name: string; secret: string; kept: AuthKind; keptName: string }>;
export const authValues = (auth: MonitorView['auth']): AuthValues => {
  const kind = auth?.kind ?? 'none';
  const name = auth?.name ?? '';
  return { kind, name, secret: '', kept: kind, keptName: name };
};

/** What is sent of it: nothing while it is as it was, null to take it away. */
export const authPart = ({ kind, name, secret, kept, keptName }: AuthValues): Pick<NewMonitor, 'auth'> => {
  const same = kind === kept && name === keptName && secret === '';
  if (same) return {};
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
/** What is missing of a log-in that is to be set. */
export const authFault = (auth: AuthValues): string | null => {
  const { kind, name, secret, kept, keptName } = auth;
  if (kind === 'none' || (kind === kept && name === keptName && secret === '')) return null;
  if (kind !== 'bearer' && name === '') return kind === 'basic' ? 'Enter the user name.' : 'Enter the header’s name.';
  return secret === '' ? 'Enter the secret again: what is set is not known here.' : null;
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
export const headersFault = (text: string): string | null => {
  const wrong = linesOf(text).find((each) => !line.test(each));
  if (wrong !== undefined) return `“${wrong.slice(0, 60)}” is no header: a name, a colon, a value.`;
  return linesOf(text).length > 20 ? 'At most 20 headers.' : null;
};
