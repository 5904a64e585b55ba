import { type Static, Type } from 'typebox';
import { defineQueue } from './queues.ts';
import { Id, RegionId, words } from './values.ts';

/** The most addresses that one answer brings; a sitemap may name many more. */
export const mostPageUrls = 1_000;

/** Something at a URL that a person typed, to be read by a probe: the API process fetches nothing of the kind. */
export const pageReads = (region: string) =>
  defineQueue({
    name: `page-reads-${region}`,
    payload: Type.Object({
      readId: Id,
      region: RegionId,
      /** What is wanted of it. */
      kind: words(['sitemap']),
      url: Type.String({ minLength: 1, maxLength: 2_048 }),
      /** After this moment nobody waits for the answer: the job is dropped. */
      expiresAt: Type.Integer({ minimum: 0 }),
    }),
    keyOf: ({ readId }) => readId,
    attempts: 2,
  });
export type PageRead = Static<ReturnType<typeof pageReads>['payload']>;

export const PageAnswer = Type.Union([
  Type.Object({
    kind: Type.Literal('sitemap'),
    urls: Type.Array(Type.String({ maxLength: 2_048 }), { maxItems: mostPageUrls }),
    /** What was left out, for people. */
    notes: Type.Array(Type.String({ maxLength: 500 }), { maxItems: 20 }),
  }),
  Type.Object({ kind: Type.Literal('failed'), reason: Type.String({ maxLength: 500 }) }),
]);
export type PageAnswer = Static<typeof PageAnswer>;

/** What came of a read; the worker writes it where the one who asked waits for it. */
export const pageAnswers = defineQueue({
  name: 'page-answers',
  payload: Type.Object({ readId: Id, answer: PageAnswer }),
  keyOf: ({ readId }) => readId,
  attempts: 4,
});
export type PageAnswerJob = Static<typeof pageAnswers.payload>;
