import { type Static, Type } from 'typebox';
import { Id, strict, Tag } from './values.ts';

/** Which monitors something is for: some by id, those with one of some tags, or all. */
export const ScopeSchema = Type.Union([
  strict({ kind: Type.Literal('all') }),
  strict({
    kind: Type.Literal('monitors'),
    monitorIds: Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true }),
  }),
  strict({ kind: Type.Literal('tags'), tags: Type.Array(Tag, { minItems: 1, maxItems: 20, uniqueItems: true }) }),
]);
export type ScopeSchema = Static<typeof ScopeSchema>;
