import { isDeepStrictEqual } from 'node:util';
import { type MonitorView, monitorDefaults, type NewMonitor } from '@farwatch/contracts';
import { parse, stringify, YAMLParseError } from 'yaml';
import { type Entry, proposed, refused, UnreadableError } from './entry.ts';

// Our own file: `version: 1`, `monitors:` a list of what POST /v1/monitors takes, and `paused`. docs/monitors-as-yaml.md.

const version = 1;
type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const shared = [
  ...['name', 'url', 'method', 'headers', 'body', 'verifyTls', 'intervalMs', 'timeoutMs', 'maxRedirects'],
  ...['expectedStatuses', 'regions', 'tags', 'alertAfterMs', 'policy', 'assertions', 'degradedAboveMs', 'connection'],
] as const satisfies readonly (keyof MonitorView & keyof NewMonitor)[];

/** What a monitor has that is not the default anyway. Log-ins, policies and parents are of this installation alone. */
export const portable = (monitor: MonitorView): Row => {
  const defaults: Row = monitorDefaults;
  const own = shared.flatMap((key) => (isDeepStrictEqual(monitor[key], defaults[key]) ? [] : [[key, monitor[key]]]));
  return { ...Object.fromEntries(own), ...(monitor.pausedAt === null ? {} : { paused: true }) };
};

export const toYaml = (monitors: readonly MonitorView[]): string => {
  const secret = monitors.filter(({ auth }) => auth !== null).map(({ name }) => name);
  const head = ['Farwatch: monitors. Import it at /monitors/import, or with POST /v1/monitor-imports/preview.'];
  if (secret.length > 0) head.push(`Log-ins are secret and not in it. Set them again for: ${secret.join(', ')}`);
  const lines = head.map((line) => `# ${line.replaceAll(/[\r\n]/gu, ' ')}\n`).join('');
  return lines + stringify({ version, monitors: monitors.map(portable) }, { aliasDuplicateObjects: false });
};

const parsed = (text: string): unknown => {
  try {
    // Aliases could make a short text a very long one; looking for keys twice takes the square of their number.
    return parse(text, { maxAliasCount: 0, schema: 'core', strict: true, logLevel: 'error', uniqueKeys: false });
  } catch (error) {
    const where = error instanceof YAMLParseError ? error.message.split('\n', 1)[0] : String(error);
    throw new UnreadableError(`This is no YAML: ${where}`);
  }
};

/** Our own YAML, or the same as JSON. */
export const readYaml = (text: string): readonly Entry[] => {
  const file = parsed(text);
  const list = Array.isArray(file) ? file : isRow(file) ? file.monitors : undefined;
  if (!Array.isArray(list)) throw new UnreadableError('There is no list “monitors” in it.');
  if (isRow(file) && file.version !== undefined && file.version !== version)
    throw new UnreadableError(`It is of version ${String(file.version)}; version ${version} can be read.`);
  return list.map((row: unknown, i) => {
    if (typeof row === 'string') return proposed(i + 1, { url: row });
    if (!isRow(row)) return refused(i + 1, '', 'This entry is no monitor.');
    const { paused, ...monitor } = row;
    return proposed(i + 1, { ...monitor }, { paused: paused === true });
  });
};

export const looksLikeYaml = (text: string): boolean =>
  /^[ \t]*(?:version|monitors)[ \t]*:/mu.test(text) ||
  (text.trimStart().startsWith('{') && text.includes('"monitors"'));
