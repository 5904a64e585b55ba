import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isBroken, seriesColour } from './chart-plot.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** How people who lack a kind of cones see linear light (Machado, Oliveira, Fernandes 2009, severity 1). */
const eyes: Readonly<Record<string, Matrix>> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: Matrix, [a, b, c]: Triple): Triple => {
  const [x, y, z] = matrix.map((row) => row[0] * a + row[1] * b + row[2] * c);
  return [x ?? 0, y ?? 0, z ?? 0];
};
const each = ([a, b, c]: Triple, how: (value: number) => number): Triple => [how(a), how(b), how(c)];
const linear = (hex: string): Triple => {
  const part = (at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return each([part(1), part(3), part(5)], (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
};

const toCones: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const toLab: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const oklab = (rgb: Triple): Triple => times(toLab, each(times(toCones, rgb), Math.cbrt));
const seen = (hex: string, eye: Matrix): Triple =>
  oklab(each(times(eye, linear(hex)), (c) => Math.min(1, Math.max(0, c))));
const apart = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

const luminance = (hex: string): number => {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
};

const theme = readFileSync('apps/web/src/theme.css', 'utf8');
const [lightPart = '', darkPart = ''] = theme.split('[data-mantine-color-scheme="dark"]');
const themes = { light: lightPart, dark: darkPart };
const colourNamed = (css: string, name: string): string =>
  new RegExp(`${name}: (#[0-9a-f]{6});`, 'u').exec(css)?.[1] ?? '';
const count = 8;
const coloursOf = (css: string) => Array.from({ length: count }, (_, index) => colourNamed(css, seriesColour(index)));

test.each(Object.entries(themes))('%s: eight lines stand out from what they are drawn on', (_, css) => {
  const surface = colourNamed(css, '--fw-surface');
  for (const colour of coloursOf(css)) expect(contrast(colour, surface), colour).toBeGreaterThanOrEqual(3);
});

test.each(
  Object.entries(themes).flatMap(([name, css]) =>
    Object.entries(eyes).map(([eye, matrix]) => ({ name, css, eye, matrix })),
  ),
)('$name: to $eye eyes neighbours differ clearly, and any two differ', ({ css, matrix }) => {
  const looks = coloursOf(css).map((colour) => seen(colour, matrix));
  // 0.02 can just be told apart side by side; lines 3 and 4 were 0.006 apart to deutan eyes.
  for (const [i, a] of looks.entries())
    for (const [j, b] of looks.slice(0, i).entries())
      expect(apart(a, b), `${j + 1} and ${i + 1}`).toBeGreaterThan(i - j === 1 ? 0.14 : 0.07);
});

test('from the ninth line on colours come again, and the lines are broken', () => {
  expect([seriesColour(8), isBroken(7), isBroken(8)]).toEqual([seriesColour(0), false, true]);
});
