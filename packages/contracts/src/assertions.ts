import { type Static, Type } from 'typebox';
import { strict, words } from './values.ts';

const HeaderName = Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$", examples: ['content-type'] });
const Path = Type.String({
  minLength: 1,
  maxLength: 500,
  examples: ['$.status'],
  description: 'RFC 9535, without match() and search(). Of several values that it leads to the first is compared.',
});
const ofText = {
  compare: words(['equals', 'not-equals', 'contains', 'not-contains', 'matches', 'not-matches']),
  value: Type.String({ maxLength: 2_000, description: 'of `matches` an RE2 pattern' }),
};
const Bound = words(['at-least', 'at-most']);

/** What an answer must be besides its status; domain's `Assertion`. */
export const AssertionSchema = Type.Union([
  strict({ kind: Type.Literal('header'), name: HeaderName, ...ofText }),
  strict({ kind: Type.Literal('header-present'), name: HeaderName, present: Type.Boolean() }),
  strict({ kind: Type.Literal('body'), ...ofText }),
  strict({ kind: Type.Literal('json'), path: Path, ...ofText }),
  strict({ kind: Type.Literal('json-present'), path: Path, present: Type.Boolean() }),
  strict({ kind: Type.Literal('json-number'), path: Path, compare: Bound, value: Type.Number() }),
  strict({ kind: Type.Literal('body-size'), compare: Bound, bytes: Type.Integer({ minimum: 0, maximum: 1_048_576 }) }),
  strict({
    kind: Type.Literal('response-time'),
    phase: words(['total', 'dns', 'connect', 'tls', 'first-byte', 'download']),
    atMostMs: Type.Integer({ minimum: 1, maximum: 60_000 }),
  }),
  strict({ kind: Type.Literal('certificate-days'), atLeast: Type.Integer({ minimum: 0, maximum: 3_650 }) }),
  strict({ kind: Type.Literal('final-url'), ...ofText }),
  strict({ kind: Type.Literal('remote-address'), ...ofText }),
]);
export type AssertionSchema = Static<typeof AssertionSchema>;
export const Assertions = Type.Array(AssertionSchema, { maxItems: 16 });
