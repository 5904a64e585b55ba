import { readFileSync } from 'node:fs';
import { corpusThere } from '@farwatch/testkit';

/** One row of the corpus: what a provider answers, and what we should make of it. */
export type ProviderRow = Readonly<{
  provider: string;
  api: string;
  when: string;
  status: number | null;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  expect_class: string;
  expect_action: string;
}>;

const file = '/work/shared/corpora/providers/provider-errors.json';

/** The rows about one provider; none where the corpus is absent. */
export const rowsOf = (provider: string): readonly ProviderRow[] => {
  if (!corpusThere) return [];
  const { cases }: { cases: readonly ProviderRow[] } = JSON.parse(readFileSync(file, 'utf8'));
  return cases.filter((row) => row.provider === provider);
};
