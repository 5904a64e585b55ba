import { nullable, strict } from '@farwatch/contracts';
import { Ajv } from 'ajv';
import { Type } from 'typebox';
import { describe, expect, test } from 'vitest';
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

describe('of a union', () => {
  const kinds = Type.Union([
    strict({
      kind: Type.Literal('word'),
      text: Type.String({ maxLength: 3 }),
      note: Type.Optional(nullable(Type.Integer())),
    }),
    strict({ kind: Type.Literal('number'), value: Type.Integer({ minimum: 1 }) }),
  ]);
  const schema = strict({ one: nullable(kinds), many: Type.Optional(Type.Array(kinds)) });
  const told = (data: unknown) => faultsOf(errorsIn(schema, data), 'body').map(({ pointer, code }) => [pointer, code]);
  const good = { kind: 'word', text: 'abc' };

  test.each([
    [
      'the branch that was meant is told, inside one that may be null',
      { one: { kind: 'word', text: 'long' } },
      [['/one/text', 'too-long']],
    ],
    ['what it lacks', { one: { kind: 'number' } }, [['/one/value', 'missing']]],
    ['what it does not know', { one: { ...good, value: 1 } }, [['/one/value', 'unknown-field']]],
    ['a kind that there is not', { one: { kind: 'mood', text: 'x' } }, [['/one/kind', 'not-allowed']]],
    [
      'a union within the branch that was meant',
      { one: { kind: 'word', text: 'long', note: 'x' } },
      [
        ['/one/text', 'too-long'],
        ['/one/note', 'wrong-type'],
      ],
    ],
    ['another type', { one: 7 }, [['/one', 'wrong-type']]],
    [
      'each item of a list by its own kind',
      { one: null, many: [good, { kind: 'number', value: 0 }, { kind: 'word', text: 'long' }] },
      [
        ['/many/1/value', 'too-small'],
        ['/many/2/text', 'too-long'],
      ],
    ],
  ])('%s', (_, data, faults) => expect(told(data)).toEqual(faults));

  test('where none was meant, all that could be are named', () => {
    const words = (data: unknown) => faultsOf(errorsIn(schema, data), 'body').map(({ detail }) => detail);
    expect(words({ one: { kind: 'mood' } })).toEqual(['This must be one of ["word","number"].']);
    expect(words({ one: 7 })).toEqual(['This must be object or null.']);
  });
});
