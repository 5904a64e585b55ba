import { join } from 'node:path';

/** Which part of a region's monitors a process looks at: the one with this index, of so many; all of them when there is one. */
export type Share = Readonly<{ index: number; of: number }>;

export const wholeRegion: Share = { index: 0, of: 1 };

/** More processes than this on one machine share nothing but the trouble. */
export const mostProcesses = 64;

export const nameOfShare = ({ index, of }: Share): string => `${index}/${of}`;

/** The share that `nameOfShare` named; null when it is none. */
export const parseShare = (text: string): Share | null => {
  const [, index, of] = /^(\d{1,2})\/(\d{1,2})$/u.exec(text) ?? [];
  const share = { index: Number(index), of: Number(of) };
  return share.index < share.of && share.of <= mostProcesses ? share : null;
};

export const sharesOf = (processes: number): readonly Share[] =>
  Array.from({ length: processes }, (_, index) => ({ index, of: processes }));

/** FNV-1a and the last steps of MurmurHash3: with FNV-1a alone, by which slots are placed, a share's slots would lie together. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Every monitor is in one share of the region, and stays there as long as the number of shares does. */
export const isIn = ({ index, of }: Share, monitorId: string): boolean => of === 1 || hash(monitorId) % of === index;

/** Those of its own; the same map when there is but one share. */
export const ofShare = <T>(share: Share, all: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
  share.of === 1 ? all : new Map([...all].filter(([monitorId]) => isIn(share, monitorId)));

/** Where a process keeps its state. The only one of a region has the region's folder for itself. */
export const folderOf = (regionDir: string, share: Share): string =>
  share.of === 1 ? regionDir : join(regionDir, `share-${share.index}-of-${share.of}`);
export const isFolderOfShare = (name: string): boolean => /^share-\d+-of-\d+$/u.test(name);
