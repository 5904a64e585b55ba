import type { ChangeView, SpanRecord } from '@farwatch/contracts';
import { inFieldOrder, type Witness } from '@farwatch/domain';
import { wordList } from '../incidents/view.ts';
import type { ChangeRow, SpanRecordRow } from './store.ts';

/** `fra saw 502; iad and sin saw it up`. */
const said = (witnesses: readonly Witness[]): string => {
  const byCode = Map.groupBy(witnesses, ({ code }) => code);
  return [...byCode]
    .map(([code, own]) => `${wordList(own.map(({ region }) => region))} saw ${code ?? 'it up'}`)
    .join('; ');
};

const whatIs = (kind: ChangeRow['kind']): string => {
  switch (kind) {
    case 'first-good':
      return 'the first good answer';
    case 'opened':
      return 'down';
    case 'resolved':
      return 'up again';
    case 'unconfirmed':
      return 'not confirmed, so nothing changed';
    case 'degraded':
      return 'slower than it may be';
    case 'not-degraded':
      return 'as fast as it should be again';
    case 'flapping':
      return 'it changed too often, and counts as flapping';
    case 'calm':
      return 'calm for half an hour, so no longer flapping';
    case 'paused':
      return 'paused';
    case 'resumed':
      return 'watched again';
    case 'changed':
      return 'watched with other settings: what was learnt before no longer holds';
    case 'policy':
      return 'judged by another policy from then on';
    case 'unknown':
      return 'no region is alive, so nobody knows';
    case 'known':
      return 'a region looks at it again';
  }
};

export const changeView = ({ kind, at, decidedAt, status, witnesses, policyBefore }: ChangeRow): ChangeView => {
  const what = whatIs(kind);
  const words = witnesses.length === 0 ? what : `${said(witnesses)}: ${what}`;
  return {
    kind,
    at: at.toISOString(),
    decidedAt: decidedAt.toISOString(),
    status,
    witnesses: witnesses.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    policyBefore: policyBefore === null ? null : { ...policyBefore, regions: [...policyBefore.regions] },
    summary: `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  };
};

export const spanRecord = (row: SpanRecordRow): SpanRecord => ({
  monitorId: row.monitorId,
  monitorName: row.monitorName,
  region: row.region,
  code: row.code,
  failure: inFieldOrder(row.failure),
  startedAt: row.startedAt.toISOString(),
  lastSeenAt: row.lastSeenAt.toISOString(),
  endedAt: row.endedAt?.toISOString() ?? null,
  durationMs: row.endedAt === null ? null : row.endedAt.getTime() - row.startedAt.getTime(),
});
