import { t } from '@lingui/core/macro';

// Order matters: Edge and Opera say Chrome too, and every one of them says Safari.
const browsers = [
  ['Edge', /Edg(?:e|A|iOS)?\//u],
  ['Opera', /OPR\//u],
  ['Samsung Internet', /SamsungBrowser\//u],
  ['Firefox', /(?:Firefox|FxiOS)\//u],
  ['Chrome', /(?:Chrome|CriOS)\//u],
  ['Safari', /Version\/.*Safari\//u],
  ['curl', /^curl\//u],
] as const;
const systems = [
  ['iPhone', /iPhone/u],
  ['iPad', /iPad/u],
  ['Android', /Android/u],
  ['Windows', /Windows/u],
  ['macOS', /Mac OS X|Macintosh/u],
  ['ChromeOS', /CrOS/u],
  ['Linux', /Linux/u],
] as const;

const firstOf = (table: readonly (readonly [string, RegExp])[], agent: string): string | null =>
  table.find(([, pattern]) => pattern.test(agent))?.[0] ?? null;

/** What somebody would call the device, from what its browser says of itself: `Firefox on Windows`. */
export const deviceWords = (agent: string | null | undefined): string => {
  const browser = firstOf(browsers, agent ?? '');
  const system = firstOf(systems, agent ?? '');
  if (browser !== null && system !== null) return t`${browser} on ${system}`;
  return browser ?? system ?? t`An unknown device`;
};
