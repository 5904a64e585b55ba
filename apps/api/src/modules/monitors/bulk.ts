import type { BulkAction, BulkItem } from '@farwatch/contracts';
import { ProblemError, problem } from '../../plugins/problems.ts';
import { deleteMonitor, restoreMonitor } from './delete.ts';
import type { MonitorRow } from './view.ts';
import { changeMonitor, type Owned, pauseMonitor, resumeMonitor, type WriteDeps } from './write.ts';

const anyVersion = (): void => undefined;

/** As many as a monitor can have. */
const mostTags = 20;
const bounded = (tags: readonly string[]): string[] => {
  if (tags.length <= mostTags) return [...tags];
  throw problem(400, 'too-many-tags', `A monitor can have at most ${mostTags} tags.`);
};

/** Other tags by the monitor's own, as they are when it is held. */
const retag =
  (deps: WriteDeps, change: (tags: readonly string[]) => readonly string[]) =>
  (owned: Owned): Promise<MonitorRow> =>
    changeMonitor(deps, owned, ({ tags }) => ({ tags: bounded(change(tags)) }), anyVersion);

type Act = (owned: Owned) => Promise<MonitorRow | null>;

const actOf = (deps: WriteDeps, action: BulkAction): Act => {
  switch (action.kind) {
    case 'pause':
      return (owned) => pauseMonitor(deps, owned);
    case 'resume':
      return (owned) => resumeMonitor(deps, owned);
    case 'delete':
      return (owned) => deleteMonitor(deps, owned).then(() => null);
    case 'restore':
      return (owned) => restoreMonitor(deps, owned);
    case 'add-tags':
      return retag(deps, (tags) => [...new Set([...tags, ...action.tags])]);
    case 'remove-tags':
      return retag(deps, (tags) => tags.filter((tag) => !action.tags.includes(tag)));
    case 'edit':
      return (owned) => changeMonitor(deps, owned, action.patch, anyVersion);
  }
};

export type Outcome = Readonly<{ row: MonitorRow | null; problem: BulkItem['problem'] }>;

/** What a refusal says, with the fault of the first field when there is one. */
const problemOf = ({ status, code, message, errors }: ProblemError): NonNullable<BulkItem['problem']> => ({
  status,
  code,
  detail: errors?.[0]?.detail ?? message,
});

const broken = { status: 500, code: 'internal-error', detail: 'Something broke on our side. Try this one again.' };

/** A refusal is an outcome, and so is a bug: what was done to the others must be told all the same. */
export const outcomeOf = async (
  { log }: Pick<WriteDeps, 'log'>,
  act: () => Promise<MonitorRow | null>,
): Promise<Outcome> => {
  try {
    return { row: await act(), problem: null };
  } catch (error) {
    if (error instanceof ProblemError) return { row: null, problem: problemOf(error) };
    log.warn({ err: error }, 'one of many failed');
    return { row: null, problem: broken };
  }
};

/** So many at once: a call of a thousand must not take every connection. */
const lanes = 3;

/** Does it for each, a few at a time; outcomes in the order of what was handed in. */
export const inLanes = async <T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> => {
  const outcomes: R[] = [];
  const queue = all.entries();
  const lane = async (): Promise<void> => {
    for (const [i, one] of queue) outcomes[i] = await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return outcomes;
};

/** Does one thing to many monitors, each in a transaction of its own; outcomes in the order of the ids. */
export const actOnMany = (
  deps: WriteDeps,
  organisationId: string,
  ids: readonly string[],
  action: BulkAction,
): Promise<readonly Outcome[]> => {
  const act = actOf(deps, action);
  return inLanes(ids, (id) => outcomeOf(deps, () => act({ organisationId, id })));
};
