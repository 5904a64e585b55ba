import type { Figure } from '../report.ts';
import { measureLogs } from './logs.ts';
import { measureScenarios } from './scenarios.ts';

/** How often the diagnosis is right, and how fast logs are read. */
export const name = 'diagnosis';
const sections = { scenarios: measureScenarios, logs: measureLogs } as const;
export const parts = Object.keys(sections);

export const run = async (wanted: readonly string[]): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [part, measure] of Object.entries(sections)) if (wanted.includes(part)) figures.push(...(await measure()));
  return figures;
};
