import { type Static, type TSchema, Type } from 'typebox';
import { CheckResultSchema } from './check-results.ts';
import { Id, RegionId, words } from './values.ts';

export type QueueContract<S extends TSchema> = Readonly<{
  name: string;
  payload: S;
  /** The same key twice is the same job. No colon: BullMQ keeps that for itself. */
  keyOf: (payload: Static<S>) => string;
  attempts: number;
}>;
export const defineQueue = <S extends TSchema>(contract: QueueContract<S>): QueueContract<S> => contract;

/** What one probe saw. `batchId` is made with the batch and kept when it is sent again. */
export const checkReports = defineQueue({
  name: 'check-reports',
  payload: Type.Object({
    probeId: Type.String({ minLength: 1, maxLength: 100 }),
    batchId: Id,
    /** The probe's wall clock when it sent this, epoch milliseconds. */
    sentAt: Type.Integer({ minimum: 0 }),
    /** How far that wall clock was ahead of the results' moments, which were corrected by it; absent = it was right. */
    clockOffsetMs: Type.Optional(Type.Integer()),
    results: Type.Array(CheckResultSchema, { minItems: 1, maxItems: 500 }),
  }),
  keyOf: ({ probeId, batchId }) => `${probeId}.${batchId}`,
  /** With the consumer's waits about 26 h. A probe of before kept nothing that the queue had taken: a day without a database must not lose it. */
  attempts: 60,
});
export type CheckReport = Static<typeof checkReports.payload>;

/**
 * While an incident is fresh its monitor's regions take turns at it (domain's `nextBurstLook`), from the incident's start
 * on; `end` ends what began up to its `startedAt`. Nothing is lost when one of them is: a burst ends by itself.
 */
const BurstAsk = Type.Object({
  kind: words(['begin', 'end']),
  startedAt: Type.Integer({ minimum: 0 }),
  regions: Type.Array(RegionId, { minItems: 1, maxItems: 100 }),
});

/** A look out of turn, asked of one region; each region has its own queue. A probe that does not know the monitor pulls its assignments first. */
export const confirmChecks = (region: string) =>
  defineQueue({
    name: `confirm-checks-${region}`,
    payload: Type.Object({
      monitorId: Id,
      region: RegionId,
      trigger: words(['confirmation', 'request']),
      /** The moment the look is due; it becomes the result's scheduledAt. At most a few seconds ahead. */
      scheduledAt: Type.Integer({ minimum: 0 }),
      /** After this moment nobody waits for the answer: the job is dropped. */
      expiresAt: Type.Integer({ minimum: 0 }),
      /** More than one look: see `BurstAsk`. A probe of before there were bursts looks once. */
      burst: Type.Optional(BurstAsk),
    }),
    keyOf: ({ monitorId, region, scheduledAt, burst }) =>
      `${monitorId}.${region}.${scheduledAt}${burst === undefined ? '' : `.${burst.kind}`}`,
    /** With the consumer's waits about 20 s of an API that is away; a look that has expired is dropped before. */
    attempts: 5,
  });
export type ConfirmCheck = Static<ReturnType<typeof confirmChecks>['payload']>;

/** One delivery that is due. What to send and where is read from the database: no secret travels in a job. */
export const deliveries = defineQueue({
  name: 'deliveries',
  payload: Type.Object({ deliveryId: Id, attempt: Type.Integer({ minimum: 1 }) }),
  keyOf: ({ deliveryId, attempt }) => `${deliveryId}.${attempt}`,
  attempts: 1,
});
