import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { patternFault, patternFound } from './pattern.ts';
import { sizeOf } from './pattern-size.ts';
import { longestPause } from './pause.fixture.ts';

describe('a pattern that is saved', () => {
  test('is RE2’s', () => {
    expect(patternFault('(a+)+$')).toBeNull();
    expect(patternFault('(?=a)b')).toContain('invalid');
  });
  test.each([
    ['many long repeats', '.{0,1000}'.repeat(220)],
    ['repeats in repeats', '((((((a{10}){10}){10}){10}){10}){10})'],
    ['repeats beyond all numbers', `${'('.repeat(150)}a${'){1000}'.repeat(150)}`],
    ['many classes of Unicode', `(?i)${'\\pL'.repeat(600)}`],
    ['many ranges far into Unicode, whatever their case', `(?i)[${'b-\u{1e000}'.repeat(490)}]`],
  ])('is refused when it is too big, before it costs anything: %s', (_, pattern) => {
    const began = process.cpuUsage();
    expect(patternFault(pattern)).toMatch(/^this pattern is too big/u);
    expect(process.cpuUsage(began).user).toBeLessThan(200_000); // µs; compiled, they take half a second and more
  });
  test.each([
    '\\d{4}-\\d{2}-\\d{2}T[\\d:]{8}',
    '(?i)[\\p{L}\\p{N} _-]{1,200}',
    '.{0,1000}\\n.{0,1000}',
    `(?:${'word|'.repeat(300)}end)`,
    '[а-яА-ЯёЁ]+ [\u{1f300}-\u{1f64f}]',
  ])('may be of some size: %s', (pattern) => expect(patternFault(pattern)).toBeNull());
});

test.each([
  ['letters', 'abc', 3],
  ['a literal with what is none elsewhere', '\\Q(a{9}[\\E', 6],
  ['sets', '[]a]{3}[^]b]{2}[[:alpha:]x]{2}', 7],
  ['a repeat', 'x{2,5}', 8],
  ['a repeat of a repeat', '(?:a{10}b){10}', 110],
  ['what may be absent', '(?:a?){100}', 200],
  ['a choice', 'ab|cd', 5],
])('the size of a pattern counts %s', (_, pattern, size) => {
  const real = RE2JS.compile(pattern).programSize();
  const { instructions } = sizeOf(pattern);
  expect(instructions).toBeGreaterThanOrEqual(real - 2);
  expect(instructions).toBeGreaterThanOrEqual(size);
  expect(instructions).toBeLessThan(2 * size + 12);
});

describe('a pattern that is looked for', () => {
  const soon = () => ({ owner: 'a.example', until: performance.now() + 1_500 });
  test('holds nobody up meanwhile, and the next one is served', async () => {
    const evil = '(?:.?){300}[^x]';
    const began = performance.now();
    const pause = await longestPause(async () => {
      expect(await patternFound(evil, 'x'.repeat(1_000_000), soon())).toMatch(/^(?:late|busy)$/u);
    });
    expect(pause).toBeLessThan(500);
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(await patternFound('b{3}a', `${'b'.repeat(10_000)}a`, { ...soon(), until: Number.POSITIVE_INFINITY })).toBe(
      true,
    );
  });
  test('gets no turn when nobody waits any longer', async () => {
    expect(await patternFound('b{3}a', 'b'.repeat(10_000), { owner: 'a', until: performance.now() })).toBe('busy');
  });
  test('takes too much memory: that is no answer either', async () => {
    const answer = await patternFound('.{0,1000}'.repeat(220), 'a'.repeat(5_000), soon());
    expect(['dead', 'late', 'busy']).toContain(answer);
  });
});
