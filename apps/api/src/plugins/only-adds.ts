type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words for people: they may change. */
const prose = new Set(['description', 'summary', 'example', 'examples', 'title', 'info', 'servers', 'tags']);

const key = (value: unknown): string => JSON.stringify(value);

/** A list of words may grow, but what a request must bring may not. */
const listBreaks = (before: readonly unknown[], after: unknown, path: string): readonly string[] => {
  if (!Array.isArray(after)) return [`${path} is gone`];
  const [old, now] = [new Set(before.map(key)), new Set(after.map(key))];
  const lost = [...old].filter((item) => !now.has(item)).map((item) => `${path} has lost ${item}`);
  const asked = path.endsWith('/required') && !path.includes('/responses/');
  return asked ? [...now].filter((item) => !old.has(item)).map((item) => `${path} now asks for ${item}`) : lost;
};

/** A request may bring more than before; whoever kept the old limit keeps the new one. */
const isWiderLimit = (path: string, before: unknown, after: unknown): boolean =>
  /\/max(?:Items|Length|imum|Properties)$/u.test(path) &&
  !path.includes('/responses/') &&
  typeof before === 'number' &&
  typeof after === 'number' &&
  after > before;

/** Where a client of the one OpenAPI document would stumble over the other: what is gone, changed, or newly asked for. */
export const breaks = (before: unknown, after: unknown, path = ''): readonly string[] => {
  if (Array.isArray(before)) {
    const words = before.every((item) => !isJson(item));
    if (words) return listBreaks(before, after, path);
    return Array.isArray(after)
      ? before.flatMap((item, i) => breaks(item, partnerOf(item, after, i), `${path}/${i}`))
      : [`${path} is gone`];
  }
  if (!isJson(before))
    return before === after || isWiderLimit(path, before, after)
      ? []
      : [`${path} was ${key(before)} and is ${key(after) ?? 'gone'}`];
  if (!isJson(after)) return [`${path} is gone`];
  const names = Object.keys(before).filter((name) => !prose.has(name) || path.endsWith('/properties'));
  const newlyAsked = before.required === undefined && after.required !== undefined && isJson(after.properties);
  const asked = newlyAsked ? listBreaks([], after.required, `${path}/required`) : [];
  return [...asked, ...names.flatMap((name) => breaks(before[name], after[name], `${path}/${name}`))];
};

/** Parameters are known by their names, everything else in a list by its place. */
const partnerOf = (item: unknown, list: readonly unknown[], i: number): unknown => {
  const name = isJson(item) ? item.name : undefined;
  if (name === undefined) return list[i];
  return list.find((other) => isJson(other) && other.name === name && isJson(item) && other.in === item.in);
};
