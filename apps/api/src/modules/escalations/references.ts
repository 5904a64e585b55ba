import type { NewPolicy } from '@farwatch/contracts';
import type { Sql } from '../../db.ts';
import { type FieldFault, problem } from '../../plugins/problems.ts';
import type { ModuleDeps } from '../module-deps.ts';

export type ReferenceDeps = Pick<ModuleDeps, 'members' | 'schedules'>;

/** An id that a body names, where it stands, and what it should be. */
export type Reference = Readonly<{ kind: 'channel' | 'member' | 'schedule'; id: string; pointer: string }>;

const details = {
  channel: 'There is no such channel.',
  member: 'There is no such person in this organisation.',
  schedule: 'There is no such on-call schedule.',
} as const;

const channelsOf = async (tx: Sql, organisationId: string, ids: readonly string[]): Promise<readonly string[]> => {
  if (ids.length === 0) return [];
  const { rows } = await tx.query<{ id: string }>(
    'SELECT id FROM channel WHERE organisation_id = $1 AND id = ANY($2::uuid[])',
    [organisationId, ids],
  );
  return rows.map(({ id }) => id);
};

/** Of these references those that lead nowhere in this organisation, each with its field. */
export const danglingReferences = async (
  { members, schedules }: ReferenceDeps,
  tx: Sql,
  organisationId: string,
  references: readonly Reference[],
): Promise<readonly FieldFault[]> => {
  const named = (kind: Reference['kind']) => [
    ...new Set(references.filter((r) => r.kind === kind).map(({ id }) => id)),
  ];
  const known = {
    channel: new Set(await channelsOf(tx, organisationId, named('channel'))),
    member: await members.names(tx, organisationId, named('member')),
    schedule: new Set(await schedules.existing(tx, organisationId, named('schedule'))),
  };
  return references
    .filter(({ kind, id }) => !known[kind].has(id))
    .map(({ kind, pointer }) => ({ pointer, code: `unknown-${kind}`, detail: details[kind] }));
};

type Target = NewPolicy['steps'][number]['targets'][number];
const referenceOf = (target: Target, pointer: string): readonly Reference[] => {
  switch (target.kind) {
    case 'channel':
      return [{ kind: 'channel', id: target.channelId, pointer: `${pointer}/channelId` }];
    case 'account':
      return [{ kind: 'member', id: target.accountId, pointer: `${pointer}/accountId` }];
    case 'schedule':
      return [{ kind: 'schedule', id: target.scheduleId, pointer: `${pointer}/scheduleId` }];
    case 'everyone':
      return [];
  }
};

/** What the steps of a policy name. */
export const referencesOf = (steps: NewPolicy['steps']): readonly Reference[] =>
  steps.flatMap(({ targets }, s) => targets.flatMap((target, t) => referenceOf(target, `/steps/${s}/targets/${t}`)));

/** Throws 400 with every field that can't be. */
export const refuse = (faults: readonly FieldFault[]): void => {
  if (faults.length === 0) return;
  const detail = [...new Set(faults.map((fault) => fault.detail))].join(' ');
  throw problem(400, 'validation-failed', detail, faults);
};
