import { type Entry, proposed, refused, UnreadableError } from './entry.ts';

// Uptime Kuma's backup: Settings → Backup → Export (version 1), `{ version, notificationList, monitorList, … }`. Version 2 has
// no such button; what people save instead is the list that its socket sends: the monitors alone, in a list or by id. The
// fields are those of its table `monitor`; 0 and 1 stand for booleans, and objects are kept as JSON in strings.

type Row = Readonly<Record<string, unknown>>;
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
const truthy = (value: unknown): boolean => value === true || value === 1 || value === '1';
const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;

const asMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const watched = new Set(['http', 'keyword', 'json-query']);

const headersOf = (row: Row, notes: string[]): Record<string, string> => {
  try {
    const parsed: unknown = text(row.headers) === '' ? {} : JSON.parse(text(row.headers));
    return isRow(parsed)
      ? Object.fromEntries(Object.entries(parsed).map(([name, value]) => [name, String(value)]))
      : {};
  } catch {
    notes.push('Its headers are no JSON and are left out.');
    return {};
  }
};

/** What Kuma sends with a body unless a header says otherwise. */
const bodyTypes: Readonly<Record<string, string>> = {
  ...{ '': 'application/json', json: 'application/json', xml: 'text/xml; charset=utf-8' },
  form: 'application/x-www-form-urlencoded',
};
const bodyOf = (row: Row, headers: Readonly<Record<string, string>>): object => {
  if (text(row.body) === '' || ['GET', 'HEAD', 'OPTIONS', ''].includes(text(row.method).toUpperCase())) return {};
  const type = bodyTypes[text(row.httpBodyEncoding)];
  const named = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return {
    body: String(row.body),
    ...(named || type === undefined ? {} : { headers: { ...headers, 'Content-Type': type } }),
  };
};

/** `data.ok` and `$.data.ok` mean the same to Kuma (JSONata). */
const pathOf = (typed: string): string => (/^[A-Za-z_]/u.test(typed) ? `$.${typed}` : typed);

const assertionsOf = (row: Row, notes: string[]): readonly object[] => {
  if (row.type === 'keyword' && text(row.keyword) !== '')
    return [
      { kind: 'body', compare: truthy(row.invertKeyword) ? 'not-contains' : 'contains', value: String(row.keyword) },
    ];
  if (row.type !== 'json-query') return [];
  const path = pathOf(text(row.jsonPath));
  const operator = text(row.jsonPathOperator) || '==';
  if (!/^\$(?:\.[A-Za-z_]\w*|\[\d+\])*$/u.test(path) || !['==', '!=', 'contains'].includes(operator)) {
    notes.push(`Its JSON query “${path} ${operator} …” can not be kept.`);
    return [];
  }
  const compare = operator === '==' ? 'equals' : operator === '!=' ? 'not-equals' : 'contains';
  return [{ kind: 'json', path, compare, value: String(row.expectedValue ?? '') }];
};

const authOf = (row: Row, notes: string[]): object => {
  const method = text(row.authMethod) || (text(row.basic_auth_user) === '' ? '' : 'basic');
  if (method === '' || method === 'null') return {};
  if (method === 'basic')
    return {
      auth: { kind: 'basic', username: text(row.basic_auth_user), password: String(row.basic_auth_pass ?? '') },
    };
  notes.push(`It logs in by “${method}”, which is not kept: set it by hand.`);
  return {};
};

const tagsOf = (row: Row, groups: ReadonlyMap<unknown, string>): readonly string[] => {
  const own = Array.isArray(row.tags) ? row.tags.filter(isRow) : [];
  const words = own.map((tag) => [text(tag.name), text(tag.value)].filter((part) => part !== '').join(':'));
  const group = groups.get(row.parent);
  const all = [...(group === undefined ? [] : [group]), ...words];
  return [
    ...new Set(
      all.map((word) =>
        word
          .replaceAll(/[^\p{L}\p{N} ._:/-]/gu, '')
          .trim()
          .slice(0, 50),
      ),
    ),
  ]
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
    .slice(0, 20);
};

const left = [
  ['upsideDown', 'It was upside down: an answer counted as down. That is not kept.'],
  ['proxyId', 'Its proxy is not kept.'],
  ['dns_resolve_server', ''],
] as const;

const settingsOf = (row: Row, notes: string[], groups: ReadonlyMap<unknown, string>): Record<string, unknown> => {
  const codes = Array.isArray(row.accepted_statuscodes) ? row.accepted_statuscodes.map(String) : [];
  const [interval, timeout, retries] = [number(row.interval), number(row.timeout), number(row.maxretries)];
  const method = text(row.method).toUpperCase();
  const headers = headersOf(row, notes);
  const seconds = interval === null ? null : Math.max(10, interval);
  if (interval !== null && interval < 10) notes.push('Its interval was shorter than 10 s, the shortest here.');
  for (const [field, note] of left) if (note !== '' && truthy(row[field])) notes.push(note);
  return {
    ...{ name: text(row.name).slice(0, 200) || text(row.url), url: text(row.url) },
    ...(asMethod.includes(method) ? { method } : {}),
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    ...bodyOf(row, headers),
    ...(seconds === null ? {} : { intervalMs: Math.round(seconds * 1_000) }),
    ...(timeout === null ? {} : { timeoutMs: Math.round(Math.min(60, Math.max(0.5, timeout), seconds ?? 60) * 1_000) }),
    ...(codes.length === 0 ? {} : { expectedStatuses: codes.join(',') }),
    ...(typeof row.maxredirects === 'number' ? { maxRedirects: Math.min(20, row.maxredirects) } : {}),
    ...(truthy(row.ignoreTls) ? { verifyTls: false } : {}),
    ...(retries === null ? {} : { policy: { failuresToOpen: Math.min(10, retries + 1) } }),
    ...{ tags: tagsOf(row, groups), assertions: assertionsOf(row, notes), ...authOf(row, notes) },
  };
};

const entryOf = (row: unknown, at: number, groups: ReadonlyMap<unknown, string>): Entry => {
  if (!isRow(row)) return refused(at, '', 'This entry is no monitor.');
  const type = text(row.type);
  if (!watched.has(type)) return refused(at, text(row.name), `A monitor of type “${type}” watches no URL over HTTP.`);
  const notes: string[] = [];
  const monitor = settingsOf(row, notes, groups);
  return proposed(at, monitor, { paused: 'active' in row && !truthy(row.active), notes });
};

const parsed = (source: string): unknown => {
  try {
    return JSON.parse(source);
  } catch {
    throw new UnreadableError('This is no JSON. Uptime Kuma exports a file named Uptime_Kuma_Backup_….json.');
  }
};

/** A row of Kuma's own, and none of another tool's list. */
const isKuma = (row: unknown): boolean =>
  isRow(row) && 'type' in row && ('accepted_statuscodes' in row || 'maxretries' in row);

const rowsOf = (backup: unknown): readonly unknown[] => {
  const list = isRow(backup) ? (backup.monitorList ?? backup.monitors ?? backup) : backup;
  const rows: readonly unknown[] = Array.isArray(list) ? list : isRow(list) ? Object.values(list) : [];
  if (isRow(backup) && backup.monitorList === list && list !== undefined) return rows;
  if (rows.some(isKuma)) return rows;
  throw new UnreadableError(
    'There is no “monitorList” and no monitor of Uptime Kuma in it: this is none of its exports.',
  );
};

/** Uptime Kuma's monitors. What watches no URL is named, and so is whatever else is left behind. */
export const readKuma = (source: string): readonly Entry[] => {
  const rows = rowsOf(parsed(source));
  const groups = new Map(
    rows.filter(isRow).flatMap((row) => (row.type === 'group' ? [[row.id, text(row.name)] as const] : [])),
  );
  return rows.map((row, i) => entryOf(row, i + 1, groups));
};

export const looksLikeKuma = (source: string): boolean =>
  /^\s*[{[]/u.test(source) && (source.includes('"monitorList"') || source.includes('"accepted_statuscodes"'));
