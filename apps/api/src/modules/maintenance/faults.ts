import type { MaintenanceWindowPatch } from '@farwatch/contracts';
import { isTimeZone, ruleFault, type Scope } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import type { FieldFault } from '../../plugins/problems.ts';

type Times = Pick<MaintenanceWindowPatch, 'startsAt' | 'timeZone' | 'rule'>;

const hasOffset = /(Z|[+-][0-9]{2}:[0-9]{2})$/u;

/** A wall clock as it was given, to the minute or finer; a moment in UTC. Null: there is no such day or hour. */
export const normalStart = (text: string): string | null => {
  try {
    return hasOffset.test(text)
      ? Temporal.Instant.from(text).toString()
      : Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString();
  } catch {
    return null; // the pattern lets a 31st of February through
  }
};

/** What can't be in the times that are set now. */
export const timeFaults = ({ startsAt, timeZone, rule }: Times): readonly FieldFault[] => {
  const fault = rule === undefined || rule === null ? null : ruleFault(rule);
  const zone = { pointer: '/timeZone', code: 'unknown-time-zone', detail: `There is no time zone ${timeZone}.` };
  const start = { pointer: '/startsAt', code: 'invalid-date', detail: 'There is no such day or hour.' };
  return [
    ...(startsAt === undefined || normalStart(startsAt) !== null ? [] : [start]),
    ...(timeZone === undefined || isTimeZone(timeZone) ? [] : [zone]),
    ...(fault === null ? [] : [{ pointer: '/rule', ...fault }]),
  ];
};

/** The monitors that a scope names and that this organisation hasn't. */
export const scopeFaults = async (
  tx: Sql,
  organisationId: string,
  scope: Scope | undefined,
): Promise<readonly FieldFault[]> => {
  if (scope?.kind !== 'monitors') return [];
  const { rows } = await tx.query<{ id: string }>(
    'SELECT id FROM monitor WHERE organisation_id = $1 AND id = ANY($2::uuid[])',
    [organisationId, scope.monitorIds],
  );
  const known = new Set(rows.map(({ id }) => id));
  const detail = 'There is no such monitor.';
  return scope.monitorIds.flatMap((id, i) =>
    known.has(id) ? [] : [{ pointer: `/appliesTo/monitorIds/${i}`, code: 'unknown-monitor', detail }],
  );
};
