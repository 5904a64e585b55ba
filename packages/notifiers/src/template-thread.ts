import { openThread, type ThreadBounds } from '@farwatch/checker';
import type { LiquidJson } from './liquid-json.ts';
import type { TemplateJob } from './template-worker.ts';

/**
 * What a template makes. `late` and `dead`: it was ended because it ran too long or took too much memory.
 * `busy`: it was not begun, because too many others wait or the thread does not start.
 */
export type Made = LiquidJson | 'late' | 'dead' | 'busy';

export type TemplateBounds = ThreadBounds;
const usual: TemplateBounds = { workMs: 300, startMs: 10_000, waitMs: 5_000, maxWaiting: 500 };
const entry = new URL('./template-worker.ts', import.meta.url);

/** Makes bodies from users' templates in a thread of their own. */
export const openTemplateThread = (bounds: Partial<TemplateBounds> = {}) => {
  const make = openThread<TemplateJob, LiquidJson>(entry, { ...usual, ...bounds });
  return (template: string, scope: object): Promise<Made> => make({ template, scope });
};
