import type { ImportFormat } from '@farwatch/contracts';
import type { Entry } from './entry.ts';
import { looksLikeCsv, readCsv } from './read-csv.ts';
import { looksLikeKuma, readKuma } from './read-kuma.ts';
import { readLines } from './read-lines.ts';
import { looksLikeYaml, readYaml } from './yaml-monitors.ts';

type Known = Exclude<ImportFormat, 'auto' | 'sitemap'>;
const readers: Readonly<Record<Known, (text: string) => readonly Entry[]>> = {
  ...{ lines: readLines, csv: readCsv, 'uptime-kuma': readKuma, yaml: readYaml },
};

const guess = (text: string): Known => {
  if (looksLikeKuma(text)) return 'uptime-kuma';
  if (looksLikeCsv(text)) return 'csv';
  return looksLikeYaml(text) ? 'yaml' : 'lines';
};

/** Reads a text as what it is said to be, or looks like. Throws an UnreadableError. */
export const readText = (
  text: string,
  format: Known | 'auto',
): Readonly<{ format: Known; entries: readonly Entry[] }> => {
  const plain = text.replace(/^\ufeff/u, '');
  const known = format === 'auto' ? guess(plain) : format;
  return { format: known, entries: readers[known](plain) };
};
