import { createMonitors, exportMonitors, type ImportItem, type NewMonitor, previewImport } from '@farwatch/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call, hrefOf } from '../../api/call.ts';

export const usePreview = () =>
  useMutation({
    mutationFn: ({ text, format }: Readonly<{ text: string; format: 'auto' | 'sitemap' }>) =>
      call(previewImport, { body: { text, format } }, { within: 60_000 }),
  });

/** Where the file with every monitor is. */
export const exportHref = (format: 'yaml' | 'csv' | 'json'): string => hrefOf(exportMonitors, { query: { format } });

/** `at`: which entry of the text. */
export type Refused = Readonly<{ at: number; name: string; detail: string }>;
export type Made = Readonly<{ made: number; refused: readonly Refused[] }>;

/** So many at once: each call ends well within its time, and one sees it go on. */
const portion = 50;

type Wanted = Readonly<{ items: readonly ImportItem[]; common: Partial<NewMonitor> }>;

const bodyOf = ({ monitor, paused }: ImportItem, { tags = [], ...common }: Partial<NewMonitor>) =>
  monitor === null
    ? []
    : [{ monitor: { ...monitor, ...common, tags: [...new Set([...(monitor.tags ?? []), ...tags])] }, paused }];

/** Makes the chosen entries, some at a time; `done` counts them meanwhile. What was made stays when a later call fails. */
export const useMake = () => {
  const client = useQueryClient();
  const [done, setDone] = useState(0);
  /** What earlier tries have made or had refused, by entry: a retry goes on after it. */
  const settled = useRef(new Map<ImportItem, Refused | null>());
  const make = useMutation({
    mutationFn: async ({ items, common }: Wanted): Promise<Made> => {
      const open = items.filter((item) => !settled.current.has(item));
      setDone(items.length - open.length);
      for (let from = 0; from < open.length; from += portion) {
        const some = open.slice(from, from + portion);
        const body = { items: some.flatMap((item) => bodyOf(item, common)) };
        const reply = await call(createMonitors, { body }, { within: 60_000 });
        for (const [i, { problem }] of reply.items.entries()) {
          const item = some[i];
          if (item !== undefined)
            settled.current.set(item, problem === null ? null : { ...item, detail: problem.detail });
        }
        setDone(items.length - open.length + from + some.length);
      }
      const refused = [...settled.current.values()].filter((one) => one !== null);
      return { made: settled.current.size - refused.length, refused };
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['monitors'] }),
  });
  return { ...make, done };
};
