import type { AssertionSchema } from '@farwatch/contracts';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

export type Kind = AssertionSchema['kind'];
type Choice<T extends string> = readonly Readonly<{ value: T; label: MessageDescriptor }>[];

/** In the order in which they are offered. */
export const kinds: Choice<Kind> = [
  { value: 'body', label: msg`Body` },
  { value: 'header', label: msg`Header` },
  { value: 'header-present', label: msg`Header is there` },
  { value: 'json', label: msg`JSON value` },
  { value: 'json-number', label: msg`JSON number` },
  { value: 'json-present', label: msg`JSON value is there` },
  { value: 'body-size', label: msg`Body size` },
  { value: 'response-time', label: msg`Response time` },
  { value: 'certificate-days', label: msg`Certificate` },
  { value: 'final-url', label: msg`Final URL` },
  { value: 'remote-address', label: msg`Remote address` },
];

export const textCompares = [
  { value: 'equals', label: msg`is` },
  { value: 'not-equals', label: msg`is not` },
  { value: 'contains', label: msg`contains` },
  { value: 'not-contains', label: msg`does not contain` },
  { value: 'matches', label: msg`matches (RE2)` },
  { value: 'not-matches', label: msg`does not match (RE2)` },
] as const;
export const bounds = [
  { value: 'at-least', label: msg`at least` },
  { value: 'at-most', label: msg`at most` },
] as const;
export const phases = [
  { value: 'total', label: msg`All of it` },
  { value: 'dns', label: msg`DNS` },
  { value: 'connect', label: msg`Connect` },
  { value: 'tls', label: msg`TLS` },
  { value: 'first-byte', label: msg`First byte` },
  { value: 'download', label: msg`Download` },
] as const;
export const presence = [
  { value: 'there', label: msg`is there` },
  { value: 'absent', label: msg`is absent` },
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
