/** Which monitors of an organisation something is for. */
export type Scope =
  | Readonly<{ kind: 'all' }>
  | Readonly<{ kind: 'monitors'; monitorIds: readonly string[] }>
  | Readonly<{ kind: 'tags'; tags: readonly string[] }>;

/** Whether it is for this monitor of the same organisation. */
export const isFor = (scope: Scope, monitor: Readonly<{ id: string; tags: readonly string[] }>): boolean => {
  switch (scope.kind) {
    case 'all':
      return true;
    case 'monitors':
      return scope.monitorIds.includes(monitor.id);
    case 'tags':
      return scope.tags.some((tag) => monitor.tags.includes(tag));
  }
};
