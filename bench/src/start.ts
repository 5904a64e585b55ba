import type { Figure } from './report.ts';

export const name = 'start';

/** Filled in below once the launcher stands. */
export const run = async (): Promise<readonly Figure[]> => [];
