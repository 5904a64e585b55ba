import type { LogReading } from '@farwatch/diagnosis';

/** What a log is read against. Moments are epoch ms; `resolvedAt` null = it goes on. */
export type LogSettings = Readonly<{
  startedAt: number;
  resolvedAt: number | null;
  /** The failing checks. */
  looks: readonly Readonly<{ region: string; at: number }>[];
}>;

/** Text in, in whatever pieces; what it says out. */
export type Reading = Readonly<{ push: (text: string) => void; end: () => LogReading }>;
export type BeginReading = (settings: LogSettings) => Reading;

export const beginReading: BeginReading = () => {
  throw new Error('log lines cannot be read yet');
};
