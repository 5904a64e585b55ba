import type { Scope } from '@farwatch/domain';

/** The columns of a row that is for some monitors of its organisation. */
export type ScopeRow = Readonly<{ scope: Scope['kind']; monitorIds: readonly string[]; tags: readonly string[] }>;

/** The columns of a `ScopeRow`, of the table called so. */
export const scopeColumns = (alias: string): string =>
  `${alias}.scope, ${alias}.monitor_ids AS "monitorIds", ${alias}.tags`;

export const scopeOf = ({ scope, monitorIds, tags }: ScopeRow): Scope => {
  switch (scope) {
    case 'all':
      return { kind: 'all' };
    case 'monitors':
      return { kind: 'monitors', monitorIds };
    case 'tags':
      return { kind: 'tags', tags };
  }
};

/** The values of `scope`, `monitor_ids` and `tags`, in this order. */
export const scopeValues = (scope: Scope): readonly [string, readonly string[], readonly string[]] => [
  scope.kind,
  scope.kind === 'monitors' ? scope.monitorIds : [],
  scope.kind === 'tags' ? scope.tags : [],
];

/** SQL: whether a row called so is for the `monitor` called `m` of the same organisation; domain's `isFor`. */
export const holdsFor = (alias: string): string =>
  `(${alias}.scope = 'all' OR (${alias}.scope = 'monitors' AND m.id = ANY(${alias}.monitor_ids))
    OR (${alias}.scope = 'tags' AND ${alias}.tags && m.tags))`;

/** What a view says of it; of its own, so that it may be changed. */
export const scopeView = (scope: Scope) => {
  switch (scope.kind) {
    case 'all':
      return { kind: 'all' as const };
    case 'monitors':
      return { kind: 'monitors' as const, monitorIds: [...scope.monitorIds] };
    case 'tags':
      return { kind: 'tags' as const, tags: [...scope.tags] };
  }
};
