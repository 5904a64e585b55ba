import { type Static, type TEnum, type TSchema, Type } from 'typebox';

export const idPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
export const Id = Type.String({
  pattern: idPattern,
  description: 'UUIDv7',
  examples: ['01932c5e-7b1a-7c3e-9d55-6a1f0b2c3d4e'],
});
/** ISO 8601 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const Instant = Type.String({ format: 'date-time', examples: ['2026-11-23T14:02:07.120Z'] });
/** A filter's moment: any ISO 8601 date-time. */
export const InstantQuery = Type.String({ format: 'date-time', maxLength: 40 });
export const RegionId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$', examples: ['fra'] });

export const nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()]);
export const strict = <P extends Record<string, TSchema>>(properties: P) =>
  Type.Object(properties, { additionalProperties: false });
/** A closed list of words. */
export const words = <const W extends string[]>(list: readonly [...W]): TEnum<W> => Type.Enum(list);

/** One page of a keyset-paged list; cursors are opaque. */
export const Page = <S extends TSchema>(item: S) =>
  Type.Object({ items: Type.Array(item), next: nullable(Type.String()), previous: nullable(Type.String()) });

/** What most lists are asked with. */
export const pageQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
});

/** RFC 9457. `code` is stable and kebab-case; `errors` names the fields by JSON pointer. */
export const Problem = Type.Object({
  type: Type.String({ examples: ['https://farwatch.dev/problems/validation-failed'] }),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  code: Type.String({ examples: ['validation-failed'] }),
  requestId: Type.String(),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() })),
  ),
});
export type Problem = Static<typeof Problem>;

/** The kinds of notification channel there are. */
export const channelKinds = ['email', 'sms', 'voice', 'slack', 'discord', 'telegram', 'webhook'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/**
 * Something that can be seen: a letter, digit, sign or symbol; Unicode's fillers and the empty Braille cell count as
 * such, but draw nothing.
 */
export const visiblePattern = '(?![\\u115f\\u1160\\u2800\\u3164\\uffa0])[\\p{L}\\p{N}\\p{P}\\p{S}]';
/** What people call something, so that they find it again: a name of invisible characters alone is none. */
export const Name = (maxLength: number, examples: readonly string[] = []) =>
  Type.String({
    ...{ minLength: 1, maxLength, pattern: visiblePattern },
    ...(examples.length === 0 ? {} : { examples: [...examples] }),
  });

/** A word that monitors are grouped by. */
export const Tag = Type.String({ pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N} ._:/-]{0,49}$', examples: ['shop'] });
