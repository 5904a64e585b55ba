import type { MonitorStatus } from '@farwatch/contracts';

/** The worst there is among the monitors, with how many have it; `lost`: not known, for the line is down. */
export type Health =
  | Readonly<{ kind: 'down' | 'degraded' | 'unknown'; count: number }>
  | Readonly<{ kind: 'up' | 'none' | 'lost' }>;

const worst = [
  ['down', ['down', 'flapping']],
  ['degraded', ['degraded']],
  ['unknown', ['unknown']],
] as const satisfies [string, MonitorStatus[]][];

/** What the tab's title and icon say. */
export const healthOf = (statuses: readonly MonitorStatus[], lost: boolean): Health => {
  if (lost) return { kind: 'lost' };
  for (const [kind, of] of worst) {
    const count = statuses.filter((status) => of.some((one) => one === status)).length;
    if (count > 0) return { kind, count };
  }
  return { kind: statuses.some((status) => status !== 'paused' && status !== 'pending') ? 'up' : 'none' };
};

const files = { down: 'down', degraded: 'warn', unknown: 'lost' } as const;

/** The icon of the browser's tab; it carries its number, and has a ground of its own for dark tab bars. */
export const iconOf = (health: Health): string => {
  switch (health.kind) {
    case 'none':
      return '/favicon.svg';
    case 'up':
    case 'lost':
      return `/favicon-${health.kind}.svg`;
    case 'down':
    case 'degraded':
    case 'unknown':
      return `/favicon-${files[health.kind]}-${health.count > 9 ? 'many' : health.count}.svg`;
  }
};
