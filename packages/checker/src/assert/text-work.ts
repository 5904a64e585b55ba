import { openLanes } from './lanes.ts';
import type { TextAnswer, TextJob } from './text-worker.ts';

/** Patterns and paths that users wrote, on the texts of pages that anybody wrote, away from the event loop. */
export const textWork = openLanes<TextJob, TextAnswer>(new URL('./text-worker.ts', import.meta.url));
