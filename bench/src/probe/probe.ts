import type { Figure } from '../report.ts';

export const name = 'probe';

type Part = () => Promise<readonly Figure[]>;
/** In the order in which they run. */
const sections: Readonly<Record<string, () => Promise<Part>>> = {
  cpu: async () => (await import('./cpu.ts')).cpu,
  load: async () => (await import('./load.ts')).load,
  slots: async () => (await import('./slots.ts')).slots,
  bombs: async () => (await import('./bombs.ts')).bombs,
  hostile: async () => (await import('./hostile.ts')).hostile,
  overload: async () => (await import('./overload.ts')).overload,
  corpus: async () => (await import('./corpus.ts')).corpus,
};
export const parts = Object.keys(sections);

export const run = async (wanted: readonly string[]): Promise<readonly Figure[]> => {
  const figures: Figure[] = [];
  for (const [part, load] of Object.entries(sections)) {
    if (!wanted.includes(part)) continue;
    process.stdout.write(`  ${part} …\n`);
    const measure = await load();
    figures.push(...(await measure()));
  }
  return figures;
};
