import { describe, expect, test } from 'vitest';
import { caseOf, failing, hop } from '../case.fixture.ts';
import type { Case } from '../case.ts';
import { causes } from '../causes.ts';
import { diagnose } from '../diagnose.ts';
import { bearingOf, bears } from '../speaker/fits.ts';
import { whoSpoke } from '../speaker/who-spoke.ts';
import { products } from './all.ts';
import { nobodysSamples } from './nobodys.fixture.ts';
import type { Sample } from './sample.fixture.ts';
import { samples } from './samples.fixture.ts';

const titleOf = ({ product, what, answer }: Sample): string => `${product}: ${what} (${answer.status})`;
const rows = samples.map((each): readonly [string, Sample] => [titleOf(each), each]);

describe('each product is known by what it writes', () => {
  test.each(rows)('%s', (_title, { product, answer }) => {
    expect(whoSpoke(answer).wroteBy.product).toBe(product);
  });
});

describe('a page of nobody who can be named stays without a name', () => {
  test.each(nobodysSamples.map((each): readonly [string, Sample] => [each.what, each]))('%s', (_title, { answer }) => {
    expect(whoSpoke(answer).wroteBy.product).toBe('unknown');
  });
});

describe('no product’s proof is found in what another wrote', () => {
  test.each(products.map((each) => [each.id, each] as const))('%s', (id, product) => {
    const proofs = product.writes.filter(({ weight }) => weight === 'proof');
    const others = [...samples, ...nobodysSamples].filter((each) => each.product !== id);
    const wrong = others.filter(({ answer }) => proofs.some((mark) => bears(bearingOf(answer), mark)));
    expect(wrong.map(titleOf)).toEqual([]);
  });
});

const caseFor = ({ answer, waitedMs }: Sample): Case => {
  const { failure, hops } = failing(answer.status ?? 0, waitedMs ?? 0);
  return caseOf({ answer, failure: failure ?? null, hops: waitedMs === null ? [hop()] : (hops ?? []) });
};
const known = rows.filter(([, { causes: true_ }]) => true_.length > 0);

describe('what was wrong is among what is named', () => {
  test.each(known)('%s', (_title, each) => {
    expect(diagnose(caseFor(each)).causes.map(({ cause }) => cause)).toEqual(
      expect.arrayContaining([expect.toBeOneOf([...each.causes])]),
    );
  });
});

describe('a cause that stands out with confidence is the true one', () => {
  test.each(known)('%s', (_title, each) => {
    const [first] = diagnose(caseFor(each)).causes;
    expect(first !== undefined && first.confidence >= 0.9 && !each.causes.includes(first.cause)).toBe(false);
  });
});

const sayings = products.flatMap((product) => product.says.map((saying) => [product.id, saying] as const));

describe('what a product means', () => {
  test('is said in known causes, of statuses, with a source', () => {
    for (const [id, { causes: weights, status, because, source }] of sayings) {
      const names = Object.keys(weights);
      expect([id, names.length > 0, status.length > 0, because !== '', source !== '']).toEqual([
        id,
        true,
        true,
        true,
        true,
      ]);
      expect(names.filter((name) => !(causes as readonly string[]).includes(name))).toEqual([]);
      expect(Object.values(weights).every((weight) => weight > 0)).toBe(true);
    }
  });
  test('bears a name once in each product', () => {
    for (const { id, says } of products)
      expect([id, new Set(says.map((each) => each.id)).size]).toEqual([id, says.length]);
  });
  test('is the same whether or not the wait was measured, as far as the set goes', () => {
    for (const [, each] of known) {
      const unmeasured = diagnose(caseFor({ ...each, waitedMs: null })).causes.map(({ cause }) => cause);
      expect(unmeasured).toEqual(expect.arrayContaining([expect.toBeOneOf([...each.causes])]));
    }
  });
});
