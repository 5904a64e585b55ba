import type { BulkAction, MonitorView } from '@farwatch/contracts';

export type BulkCall = Readonly<{ monitorIds: readonly string[]; action: BulkAction }>;
type Edit = Extract<BulkAction, { kind: 'edit' }>['patch'];

const idsOf = (monitors: readonly MonitorView[]): readonly string[] => monitors.map(({ id }) => id);
const some = (call: BulkCall): readonly BulkCall[] => (call.monitorIds.length === 0 ? [] : [call]);

/** One call for all monitors that need the same, in their order. */
const grouped = (
  monitors: readonly MonitorView[],
  actionFor: (monitor: MonitorView) => BulkAction | null,
): readonly BulkCall[] => {
  const calls = new Map<string, { monitorIds: string[]; action: BulkAction }>();
  for (const monitor of monitors) {
    const action = actionFor(monitor);
    if (action === null) continue;
    const key = JSON.stringify(action);
    const call = calls.get(key) ?? { monitorIds: [], action };
    call.monitorIds.push(monitor.id);
    calls.set(key, call);
  }
  return [...calls.values()];
};

/** What a monitor had where the patch set something. */
const valuesBefore = (patch: Edit, monitor: MonitorView): Edit =>
  Object.fromEntries(Object.keys(patch).map((key) => [key, monitor[key as keyof Edit]])) as Edit; // a patch's keys are a monitor's

/** What brings these monitors, as they were before, back from an action: as few calls as that takes. */
export const inverseOf = (action: BulkAction, before: readonly MonitorView[]): readonly BulkCall[] => {
  switch (action.kind) {
    case 'pause':
      return some({ monitorIds: idsOf(before.filter((one) => one.pausedAt === null)), action: { kind: 'resume' } });
    case 'resume':
      return some({ monitorIds: idsOf(before.filter((one) => one.pausedAt !== null)), action: { kind: 'pause' } });
    case 'delete':
      return some({ monitorIds: idsOf(before), action: { kind: 'restore' } });
    case 'restore':
      return some({ monitorIds: idsOf(before), action: { kind: 'delete' } });
    case 'add-tags':
      return grouped(before, ({ tags: own }) => {
        const tags = action.tags.filter((tag) => !own.includes(tag));
        return tags.length === 0 ? null : { kind: 'remove-tags', tags };
      });
    case 'remove-tags':
      return grouped(before, ({ tags: own }) => {
        const tags = action.tags.filter((tag) => own.includes(tag));
        return tags.length === 0 ? null : { kind: 'add-tags', tags };
      });
    case 'edit':
      return grouped(before, (monitor) => ({ kind: 'edit', patch: valuesBefore(action.patch, monitor) }));
  }
};
