import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { faultsOf } from './faults.ts';

const errorsIn = (schema: object, data: unknown) => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(schema);
  validate(data);
  return validate.errors ?? [];
};
const unknownNames = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`u${i}`, 0]));

test('thirty thousand unknown names are told in milliseconds, twenty of them', () => {
  const errors = errorsIn({ type: 'object', additionalProperties: false, properties: {} }, unknownNames(30_000));
  const started = performance.now();
  const faults = faultsOf(errors, 'body');
  expect(performance.now() - started).toBeLessThan(500); // it took seconds when each was compared with every other
  expect(faults.map(({ pointer }) => pointer)).toEqual(Array.from({ length: 20 }, (_, i) => `/u${i}`));
});

test('one field that breaks several rules is told once, by the first of them', () => {
  const schema = { type: 'object', properties: { name: { type: 'string', minLength: 3, pattern: '^a' } } };
  expect(faultsOf(errorsIn(schema, { name: 'b' }), 'body')).toMatchObject([{ pointer: '/name', code: 'too-short' }]);
});
