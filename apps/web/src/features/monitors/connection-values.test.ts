import { type Connection, connectionDefaults } from '@farwatch/contracts';
import { expect, test } from 'vitest';
import { connectionOf, connectionValues } from './connection-values.ts';
import { allShown, formErrors } from './monitor-values.ts';

test('what is empty is the default, and what was set comes back as it was', () => {
  expect(connectionOf(connectionValues())).toEqual(connectionDefaults);
  const whole: Connection = {
    ...{ httpVersion: '2', family: 'both', serverName: 'edge.example', hostHeader: 'shop.example' },
    ...{ resolvers: ['1.1.1.1', '[2606:4700::1111]:53'], origin: 'https://origin.example:8443' },
  };
  expect(connectionOf(connectionValues(whole))).toEqual(whole);
});
test('resolvers may stand in any separation, each once', () => {
  const { resolvers } = connectionOf({ ...connectionValues(), resolvers: ' 1.1.1.1,9.9.9.9  1.1.1.1\n' });
  expect(resolvers).toEqual(['1.1.1.1', '9.9.9.9']);
});
test('what the server says of a part of the connection stands at its field', () => {
  const errors = formErrors({ '/connection/resolvers/1': 'No resolver.', '/connection/origin': 'No origin.' });
  expect(errors).toEqual({ 'connection.resolvers': 'No resolver.', 'connection.origin': 'No origin.' });
  expect(allShown(errors)).toBe(true);
});
