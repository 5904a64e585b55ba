import type { LogReading } from '@farwatch/diagnosis';

/** How log lines are read: text in, in whatever pieces; what it says out. */
export type Reading = Readonly<{ push: (chunk: string) => void; end: () => LogReading }>;

export const beginReading = (): Reading => {
  throw new Error('log lines cannot be read yet');
};
