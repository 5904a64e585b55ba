import type { AssertionSchema } from '@farwatch/contracts';

export type Kind = AssertionSchema['kind'];
type Choice<T extends string> = readonly Readonly<{ value: T; label: string }>[];

/** In the order in which they are offered. */
export const kinds: Choice<Kind> = [
  { value: 'body', label: 'Body' },
  { value: 'header', label: 'Header' },
  { value: 'header-present', label: 'Header is there' },
  { value: 'json', label: 'JSON value' },
  { value: 'json-number', label: 'JSON number' },
  { value: 'json-present', label: 'JSON value is there' },
  { value: 'body-size', label: 'Body size' },
  { value: 'response-time', label: 'Response time' },
  { value: 'certificate-days', label: 'Certificate' },
  { value: 'final-url', label: 'Final URL' },
  { value: 'remote-address', label: 'Remote address' },
];

export const textCompares = [
  { value: 'equals', label: 'is' },
  { value: 'not-equals', label: 'is not' },
  { value: 'contains', label: 'contains' },
  { value: 'not-contains', label: 'does not contain' },
  { value: 'matches', label: 'matches (RE2)' },
  { value: 'not-matches', label: 'does not match (RE2)' },
] as const;
export const bounds = [
  { value: 'at-least', label: 'at least' },
  { value: 'at-most', label: 'at most' },
] as const;
export const phases = [
  { value: 'total', label: 'All of it' },
  { value: 'dns', label: 'DNS' },
  { value: 'connect', label: 'Connect' },
  { value: 'tls', label: 'TLS' },
  { value: 'first-byte', label: 'First byte' },
  { value: 'download', label: 'Download' },
] as const;
export const presence = [
  { value: 'there', label: 'is there' },
  { value: 'absent', label: 'is absent' },
] as const;

/** What a new one begins with. */
export const freshAssertion = (kind: Kind): AssertionSchema => {
  const text = { compare: 'contains', value: '' } as const;
  switch (kind) {
    case 'header':
      return { kind, name: 'content-type', ...text };
    case 'header-present':
      return { kind, name: '', present: true };
    case 'json':
      return { kind, path: '$.', compare: 'equals', value: '' };
    case 'json-present':
      return { kind, path: '$.', present: true };
    case 'json-number':
      return { kind, path: '$.', compare: 'at-most', value: 0 };
    case 'body-size':
      return { kind, compare: 'at-least', bytes: 1 };
    case 'response-time':
      return { kind, phase: 'total', atMostMs: 1_000 };
    case 'certificate-days':
      return { kind, atLeast: 14 };
    case 'body':
    case 'final-url':
    case 'remote-address':
      return { kind, ...text };
  }
};
