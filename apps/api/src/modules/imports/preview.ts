import { type ImportItem, mostImported, NewMonitor, visiblePattern } from '@farwatch/contracts';
import { Compile } from 'typebox/compile';
import { ProblemError, problem } from '../../plugins/problems.ts';
import { noAuth } from '../monitors/auth.ts';
import { type Ground, newSettings } from '../monitors/settings.ts';
import type { Entry } from './entry.ts';

const wire = Compile(NewMonitor);

/** The first thing that is wrong with its shape, in words. */
const shapeFault = (monitor: unknown): string => {
  const [error] = wire.Errors(monitor);
  if (error === undefined) return 'It is no monitor.';
  const { instancePath, message } = error as { instancePath?: string; message?: string }; // typebox types errors by keyword
  // What a field that may not be there is told by.
  if (message === 'schema is false') return `It has “${instancePath?.slice(1) ?? ''}”, which is not known here.`;
  if (message?.includes(visiblePattern) === true) return 'Its name needs at least one character that can be seen.';
  return `${instancePath === '' || instancePath === undefined ? 'It' : instancePath.slice(1)} ${message ?? 'is wrong'}.`;
};

/** What is wrong with an entry, as the API would say when it is made; null = nothing. */
const judge = (
  monitor: Readonly<Record<string, unknown>>,
  ground: Ground,
): { fault: string } | { monitor: NewMonitor } => {
  const given: unknown = monitor;
  if (!wire.Check(given)) return { fault: shapeFault(given) };
  try {
    const { url, name } = newSettings(given, ground, noAuth);
    return { monitor: { ...given, url, name } };
  } catch (error) {
    if (error instanceof ProblemError) return { fault: error.message };
    throw error;
  }
};

/** Two that look at the same are the same, whatever they are called. */
export const sameKey = ({ url, method = 'GET' }: Pick<NewMonitor, 'url' | 'method'>): string => `${method} ${url}`;

/** What entries would become: judged by what exists, and told which are there already. */
export const previewOf = (
  entries: readonly Entry[],
  ground: Ground,
  stored: ReadonlySet<string>,
): readonly ImportItem[] => {
  if (entries.length > mostImported)
    throw problem(
      422,
      'too-many-monitors',
      `It holds ${entries.length} monitors; at most ${mostImported} are read at once.`,
    );
  const seen = new Set<string>();
  return entries.map(({ at, name, monitor, paused, fault, notes }) => {
    const item = { at, name, paused, notes: [...notes] };
    if (monitor === null) return { ...item, monitor: null, duplicate: null, fault: fault ?? 'It can not be read.' };
    const judged = judge(monitor, ground);
    if ('fault' in judged) return { ...item, monitor: null, duplicate: null, fault: judged.fault };
    const key = sameKey(judged.monitor);
    const duplicate = stored.has(key) ? 'stored' : seen.has(key) ? 'text' : null;
    seen.add(key);
    return { ...item, name: judged.monitor.name ?? name, monitor: judged.monitor, duplicate, fault: null };
  });
};
