/** What one measured run in a child came to. */
export type Spent = Readonly<{ cpuMs: number; failed: number }>;
export type Saturation = Readonly<{ url: string; checks: number; concurrency: number }>;

/** Does `one` so many times, always so many at once; answers the CPU that this process used, and how many were no good. */
export const saturate = async ({ checks, concurrency }: Saturation, one: () => Promise<boolean>): Promise<Spent> => {
  let left = checks;
  let failed = 0;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const isGood = await one();
      if (!isGood) failed += 1;
    }
  };
  const before = process.cpuUsage();
  await Promise.all(Array.from({ length: concurrency }, lane));
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1_000, failed };
};
