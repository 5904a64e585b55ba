/** How many of the regions that answer must say so: one, more than half, every one, or a number of them. */
export type Agree = 'any' | 'majority' | 'all' | number;

/** What it takes to change the judgement. Lengths are milliseconds. */
export type Policy = Readonly<{
  regions: readonly string[];
  agree: Agree;
  /** Failures in a row that one region must see before it counts as failing. */
  failuresToOpen: number;
  /** Good looks in a row, after the incident opened, before a region counts as well again. */
  successesToResolve: number;
  /** Degraded looks in a row before a region counts as degraded. */
  degradedAfter: number;
  /** So long after a monitor was made, changed or resumed nothing opens. */
  graceMs: number;
  intervalMs: number;
  timeoutMs: number;
}>;

/** What a person sets of it; null = the default for that many regions. */
export type PolicySettings = Readonly<{
  agree: Agree;
  failuresToOpen: number | null;
  successesToResolve: number | null;
  degradedAfter: number;
  graceMs: number;
}>;

export const defaultPolicySettings: PolicySettings = {
  agree: 'majority',
  failuresToOpen: null,
  successesToResolve: null,
  degradedAfter: 3,
  graceMs: 0,
};

/** One region alone goes by two looks in a row; several confirm each other, so one look each is enough. */
const streakOf = (given: number | null, regions: readonly string[]): number => given ?? (regions.length > 1 ? 1 : 2);

/** The settings with every gap filled. */
export const policyOf = (
  settings: PolicySettings,
  watched: Pick<Policy, 'regions' | 'intervalMs' | 'timeoutMs'>,
): Policy => ({
  ...settings,
  ...watched,
  failuresToOpen: streakOf(settings.failuresToOpen, watched.regions),
  successesToResolve: streakOf(settings.successesToResolve, watched.regions),
});

/** How many of `voters` regions must fail for an incident. */
export const failingNeeded = (agree: Agree, voters: number): number => {
  switch (agree) {
    case 'any':
      return 1;
    case 'majority':
      return Math.floor(voters / 2) + 1;
    case 'all':
      return voters;
    default:
      return Math.min(agree, voters);
  }
};

/**
 * How many of `voters` must be well for its end: so many that those left could not have opened it. A majority is needed
 * either way, so a tie changes nothing.
 */
export const wellNeeded = (agree: Agree, voters: number): number =>
  agree === 'majority' ? failingNeeded(agree, voters) : voters - failingNeeded(agree, voters) + 1;

/** More changes than this within that long are one state, flapping, and end when it has been calm for as long. */
export const flapping = { changes: 6, withinMs: 30 * 60_000 } as const;
