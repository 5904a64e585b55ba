import { createCompiledCatalog, getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';
import type { Plugin } from 'vite';

type Catalogue = Readonly<Record<string, string>>;

/** The source language's messages by their ids, as they are written in `src/texts/en.po`. */
const catalogueOf = async (cwd: string): Promise<Catalogue> => {
  const [catalog] = await getCatalogs(getConfig({ cwd }));
  if (catalog === undefined) throw new Error('texts: lingui.config.ts names no catalogue');
  const { messages } = await catalog.getTranslations('en', { fallbackLocales: {}, sourceLocale: 'en' });
  return messages;
};

/** What the macros leave behind: `id: "zIUhdi"`. */
const idPattern = /\bid: "([\w-]{6})"/gu;
const macros = /from ['"]@lingui\/(?:core|react)\/macro['"]/u;

const compiled = (messages: Catalogue): string => {
  const { source, errors } = createCompiledCatalog('en', messages, { namespace: 'json', strict: true });
  const [fault] = errors;
  if (fault !== undefined) throw fault.error;
  return JSON.stringify(JSON.parse(source).messages);
};

/**
 * Each file brings the texts that it says, so that a page loads its own and no others'. A text that the catalogue lacks
 * ends the build. Another language, once there is one, is loaded whole instead.
 */
export const textsInPlace = (): Plugin[] => {
  let catalogue: Catalogue = {};
  const written = new Map<string, string>();
  return [
    {
      name: 'texts-in-place:files',
      apply: 'build',
      enforce: 'pre',
      buildStart: async () => {
        catalogue = await catalogueOf(import.meta.dirname);
      },
      transform: { filter: { id: /\.tsx?$/u, code: macros }, handler: (code, id) => void written.set(id, code) },
    },
    {
      name: 'texts-in-place',
      apply: 'build',
      transform: {
        filter: { id: /\.tsx?$/u },
        handler: (code, id) => {
          const source = written.get(id);
          if (source === undefined) return;
          // What the source itself holds in quotes is an element's id, and not one that the macros made.
          const ids = [...new Set([...code.matchAll(idPattern)].map(([, found]) => found ?? ''))].filter(
            (one) => !source.includes(`"${one}"`) && !source.includes(`'${one}'`),
          );
          const lacking = ids.find((one) => catalogue[one] === undefined);
          if (lacking !== undefined)
            throw new Error(`texts: what ${id} says is not all in the catalogue (${lacking}): run "npm run texts"`);
          const own = Object.fromEntries(ids.map((one) => [one, catalogue[one] ?? '']));
          const said = `import { messages as $_texts } from '/src/texts/messages.ts';\nObject.assign($_texts, ${compiled(own)});\n`;
          return ids.length === 0 ? undefined : { code: said + code, map: null };
        },
      },
    },
  ];
};
