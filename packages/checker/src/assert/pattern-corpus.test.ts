import { gunzipSync } from 'node:zlib';
import { describe, expect } from 'vitest';
import { corpora, corpusBytes, corpusRows } from '../corpus.fixture.ts';
import { readValue } from './json-value.ts';
import { patternFault, patternFound } from './pattern.ts';
import { longestPause } from './pause.fixture.ts';

const mebibyte = 1_048_576;
/** Texts that patterns of the corpus are slow on elsewhere: much of what they repeat, and an end that they don't want. */
const texts = ['a', 'x', ' ', '-', '"a', '<', ';='].map((unit) => `${unit.repeat(mebibyte / unit.length - 1)}!`);

describe('evil patterns', () => {
  corpora.test(
    'are refused when they are saved, or answered in time, and hold nobody up meanwhile',
    async () => {
      const rows = corpusRows<{ pattern: string }>('regex/evil-regexes.jsonl');
      expect(rows).toHaveLength(45);
      const kept = rows.filter(({ pattern }) => patternFault(pattern) === null);
      expect(rows.length - kept.length).toBe(5); // look-around and back references: RE2 knows none
      const slowest: number[] = [];
      const pause = await longestPause(async () => {
        for (const [i, { pattern }] of kept.entries()) {
          const began = performance.now();
          await patternFound(pattern, texts[i % texts.length] ?? '', { owner: `${i}`, until: began + 1_500 });
          slowest.push(performance.now() - began);
        }
      });
      expect(Math.max(...slowest)).toBeLessThan(2_500);
      expect(pause).toBeLessThan(500); // how long exactly, the bench says
    },
    120_000,
  );
});

describe('every JSON text of the corpus', () => {
  corpora.test('has a value, nothing, is too large or no JSON, and throws nothing', () => {
    const rows = corpusRows<{ b64: string }>('strings/jsontestsuite-parsing.jsonl.gz', (path) =>
      gunzipSync(corpusBytes(path)),
    );
    expect(rows).toHaveLength(318);
    for (const { b64 } of rows) {
      const text = Buffer.from(b64, 'base64').toString();
      for (const path of ['$', '$..a', '$[0]'])
        expect(['value', 'nothing', 'no-json', 'too-large']).toContain(readValue(path, text).kind);
    }
  });
});
