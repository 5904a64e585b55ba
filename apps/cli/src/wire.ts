/** Names of moments in what the rules hold: epoch ms there, ISO 8601 in JSON. */
const isMoment = (name: string): boolean => name === 'at' || /[a-z]At$/u.test(name);
const latest = 8_640_000_000_000_000;

/** JSON for scripts: as it is, but for moments, which are written as ISO 8601. */
export const toJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (name, each: unknown) =>
      typeof each === 'number' && isMoment(name) && Math.abs(each) <= latest ? new Date(each).toISOString() : each,
    2,
  );
