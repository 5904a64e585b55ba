import type { AlertChange } from '@farwatch/contracts';
import { isTimeZone, type MaintenanceWindow, type PolicyCandidate, plannedSince } from '@farwatch/domain';
import type { Sql } from '../../db.ts';
import { invalidField, notFound } from '../../plugins/problems.ts';
import { danglingReferences, referencesOf, refuse } from '../escalations/references.ts';
import { normalOverrides, peopleOf, scheduleFaults } from '../escalations/schedule-faults.ts';
import { scheduleOf } from '../escalations/schedule-view.ts';
import { normalStart, scopeFaults, timeFaults } from '../maintenance/faults.ts';
import type { ModuleDeps } from '../module-deps.ts';
import type { Channel, Incident, World } from './world.ts';

export type ChangeDeps = Pick<ModuleDeps, 'members' | 'schedules'>;
type Change<K extends AlertChange['kind']> = Extract<AlertChange, { kind: K }>;
type FieldFaults = Parameters<typeof refuse>[0];

/** Who asks, and since when (epoch ms) it is replayed. */
export type Asking = Readonly<{ organisationId: string; accountId: string | null; since: number; now: number }>;

/** Stands for what isn't saved yet: no stored row has it. */
const unsaved = '00000000-0000-0000-0000-000000000000';

/** Fields of what would be saved, as they stand in the question. */
const within = (at: string, faults: FieldFaults): FieldFaults =>
  faults.map((fault) => ({ ...fault, pointer: `/change/${at}${fault.pointer}` }));

const replaced = <T extends Readonly<{ id: string }>>(list: readonly T[], id: string | null, what: string) => {
  const found = id === null ? null : (list.find((one) => one.id === id) ?? null);
  if (id !== null && found === null) throw notFound(what);
  return found;
};

const withPolicy = async (
  deps: ChangeDeps,
  sql: Sql,
  world: World,
  { policyId, policy }: Change<'escalation-policy'>,
  { organisationId, now }: Asking,
): Promise<World> => {
  const before = replaced(world.policies, policyId, 'escalation policy');
  refuse(within('policy', await danglingReferences(deps, sql, organisationId, referencesOf(policy.steps))));
  const others = world.policies.filter(({ id }) => id !== policyId);
  const defaults = { isDefault: false, tags: [], repeatTimes: 0, repeatAfterMs: 0, remindEveryMs: null };
  const wanted: PolicyCandidate = {
    ...{ ...defaults, id: before?.id ?? unsaved, createdAt: before?.createdAt ?? now },
    ...policy,
  };
  // One that becomes the default takes that from whichever was.
  const left = wanted.isDefault ? others.map((one) => ({ ...one, isDefault: false })) : others;
  return { ...world, policies: [...left, wanted] };
};

const withSchedule = async (
  deps: ChangeDeps,
  sql: Sql,
  world: World,
  { scheduleId, schedule }: Change<'on-call-schedule'>,
  { organisationId }: Asking,
): Promise<World> => {
  if (scheduleId !== null && !world.schedules.has(scheduleId)) throw notFound('on-call schedule');
  const given = { ...schedule, overrides: normalOverrides(schedule.overrides ?? []) };
  const strangers = await danglingReferences(deps, sql, organisationId, peopleOf(given));
  refuse(within('schedule', [...scheduleFaults(given), ...strangers]));
  return { ...world, schedules: new Map([...world.schedules, [scheduleId ?? unsaved, scheduleOf(given)]]) };
};

const withQuietHours = async (
  deps: ChangeDeps,
  sql: Sql,
  world: World,
  { channelId, quietHours }: Change<'quiet-hours'>,
  { organisationId, accountId }: Asking,
): Promise<World> => {
  const named = channelId === null ? [] : [{ kind: 'channel' as const, id: channelId, pointer: '/change/channelId' }];
  if ((await danglingReferences(deps, sql, organisationId, named)).length > 0) throw notFound('channel');
  if (quietHours !== null && !isTimeZone(quietHours.timeZone))
    throw invalidField('/change/quietHours/timeZone', 'unknown-time-zone', 'There is no such time zone.');
  if (channelId === null && accountId === null)
    throw invalidField('/change/channelId', 'no-person', 'An API key is nobody who could have quiet hours.');
  const quiet = (channel: Channel): Channel => {
    if (channelId !== null) return channel.channelId === channelId ? { ...channel, ownQuiet: quietHours } : channel;
    return channel.accountId === accountId ? { ...channel, personQuiet: quietHours } : channel;
  };
  return { ...world, channels: world.channels.map(quiet) };
};

const withWindow = async (
  sql: Sql,
  world: World,
  { windowId, window }: Change<'maintenance-window'>,
  { organisationId, since }: Asking,
): Promise<World> => {
  const before = replaced(world.windows, windowId, 'maintenance window');
  refuse(within('window', [...timeFaults(window), ...(await scopeFaults(sql, organisationId, window.appliesTo))]));
  const { timeZone, durationMs, appliesTo, rule = null } = window;
  const startsAt = normalStart(window.startsAt) ?? window.startsAt;
  const wanted: MaintenanceWindow = {
    ...plannedSince({ startsAt, timeZone, durationMs, rule, cuts: before?.cuts ?? [] }, since),
    ...{ id: before?.id ?? unsaved, appliesTo },
  };
  return { ...world, windows: [...world.windows.filter(({ id }) => id !== windowId), wanted] };
};

const withMonitors = async (
  sql: Sql,
  world: World,
  { monitorIds, policyId, alertAfterMs, addTags = [], removeTags = [] }: Change<'monitors'>,
  { organisationId }: Asking,
): Promise<World> => {
  if ((await scopeFaults(sql, organisationId, { kind: 'monitors', monitorIds })).length > 0) throw notFound('monitor');
  if (policyId !== undefined && policyId !== null && !world.policies.some(({ id }) => id === policyId))
    throw invalidField('/change/policyId', 'unknown-policy', 'There is no such escalation policy.');
  const chosen = new Set(monitorIds);
  const change = (incident: Incident): Incident => {
    const { monitor } = incident;
    if (!chosen.has(monitor.id)) return incident;
    const tags = [...new Set([...monitor.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
    const wanted = { ...monitor, tags, policyId: policyId === undefined ? monitor.policyId : policyId };
    return { ...incident, monitor: wanted, alertAfterMs: alertAfterMs ?? incident.alertAfterMs };
  };
  return { ...world, incidents: world.incidents.map(change) };
};

/** The rules with one change. Throws 404 for what it replaces and isn't there, 400 for what could not be saved either. */
export const changed = async (
  deps: ChangeDeps,
  sql: Sql,
  world: World,
  change: AlertChange,
  asking: Asking,
): Promise<World> => {
  switch (change.kind) {
    case 'escalation-policy':
      return withPolicy(deps, sql, world, change, asking);
    case 'on-call-schedule':
      return withSchedule(deps, sql, world, change, asking);
    case 'quiet-hours':
      return withQuietHours(deps, sql, world, change, asking);
    case 'maintenance-window':
      return withWindow(sql, world, change, asking);
    case 'monitors':
      return withMonitors(sql, world, change, asking);
  }
};
