import { type Connection, connectionDefaults } from '@farwatch/contracts';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** How connections are made, as the form holds it: empty = the default. */
export type ConnectionValues = Readonly<{
  httpVersion: Connection['httpVersion'];
  family: Connection['family'];
  serverName: string;
  hostHeader: string;
  /** Separated by commas or blanks. */
  resolvers: string;
  origin: string;
}>;

export const connectionValues = (connection: Connection = connectionDefaults): ConnectionValues => ({
  httpVersion: connection.httpVersion,
  family: connection.family,
  serverName: connection.serverName ?? '',
  hostHeader: connection.hostHeader ?? '',
  resolvers: connection.resolvers.join(', '),
  origin: connection.origin ?? '',
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
export const connectionOf = (values: ConnectionValues): Connection => ({
  ...{ httpVersion: values.httpVersion, family: values.family },
  serverName: orNull(values.serverName),
  hostHeader: orNull(values.hostHeader),
  resolvers: [...new Set(values.resolvers.split(/[\s,]+/u).filter((each) => each !== ''))],
  origin: orNull(values.origin),
});

export const httpVersions: readonly { value: Connection['httpVersion']; label: MessageDescriptor }[] = [
  { value: 'auto', label: msg`As the server picks` },
  { value: '1.1', label: msg`HTTP/1.1 only` },
  { value: '2', label: msg`HTTP/2 only` },
];
export const families: readonly { value: Connection['family']; label: MessageDescriptor }[] = [
  { value: 'any', label: msg`Whichever connects first` },
  { value: 'ipv4', label: msg`IPv4 only` },
  { value: 'ipv6', label: msg`IPv6 only` },
  { value: 'both', label: msg`Both, a check for each` },
];
