import { type Static, Type } from 'typebox';
import { defineEndpoint } from './endpoint.ts';
import { Id, Instant, nullable } from './values.ts';

/** So many stretches of equal length has the bar of the last 24 hours: half an hour each. */
export const summaryBars = 48;
/** So many stretches has the line of response times: an hour each. */
export const summaryTimes = 24;

/** The last 24 hours of one monitor, small enough for a row of a table. */
export const MonitorSummary = Type.Object({
  monitorId: Id,
  /** up / (up + down) over the 24 hours; null when nothing is known. */
  uptime: nullable(Type.Number({ examples: [0.99931] })),
  /**
   * A letter for each half hour, oldest first; the last one is not over yet: `u` up, `d` down, `p` down for a part of it,
   * `m` left out by maintenance, `-` nobody looked.
   */
  bars: Type.String({ minLength: summaryBars, maxLength: summaryBars, examples: ['u'.repeat(summaryBars)] }),
  /** For how many milliseconds it was down in a half hour, of those in which it was: the bar's index, and the length. */
  down: Type.Array(Type.Tuple([Type.Integer(), Type.Integer()])),
  /** Mean response time of each hour, in milliseconds, oldest first; null = no answer in it. */
  times: Type.Array(nullable(Type.Integer()), { minItems: summaryTimes, maxItems: summaryTimes }),
  /** 95 of 100 answers of the 24 hours took at most this long, in milliseconds; within 1 %. */
  p95Ms: nullable(Type.Integer()),
});
export type MonitorSummary = Static<typeof MonitorSummary>;

export const listMonitorSummaries = defineEndpoint({
  method: 'GET',
  url: '/v1/monitor-summaries',
  operationId: 'listMonitorSummaries',
  summary: 'The last 24 hours of each monitor, for tables: bar, response times, p95, uptime',
  tag: 'monitors',
  access: 'read',
  schema: {
    querystring: Type.Object({
      /** These alone; absent = all of the organisation. */
      monitorId: Type.Optional(Type.Array(Id, { maxItems: 200 })),
    }),
    response: {
      200: Type.Object({
        /** When the last half hour ends, and so where every bar stands. */
        to: Instant,
        items: Type.Array(MonitorSummary, { maxItems: 1_000 }),
      }),
    },
  },
});
