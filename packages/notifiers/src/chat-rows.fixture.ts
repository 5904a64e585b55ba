import { existsSync, readFileSync } from 'node:fs';
import type { WebhookAnswer } from '@farwatch/testkit';
import { jsonObject } from './post-json.ts';

/** What a provider answers and what a sender should make of it: a row of the corpus outside the repository. */
export type ProviderRow = Readonly<{
  provider: string;
  api: string;
  when: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: unknown;
  expect_class: string;
  expect_action: string;
}>;

const path = '/work/shared/corpora/providers/provider-errors.json';
export const rowsThere = existsSync(path);

/** Rows of a provider; where the corpus is absent one that stands for all, so that the skip has a name. */
export const rowsOf = (provider: string): readonly ProviderRow[] => {
  const absent = { provider, api: 'all', when: 'all', status: 0, headers: {}, body: '' };
  if (!rowsThere) return [{ ...absent, expect_class: '', expect_action: '' }];
  const { cases } = jsonObject(readFileSync(path, 'utf8')) ?? {};
  if (!Array.isArray(cases)) throw new Error('the corpus is an object with cases');
  return cases.filter((row: ProviderRow) => row.provider === provider);
};

export const answerOf = ({ status, headers, body }: ProviderRow): WebhookAnswer => ({
  status,
  headers: { ...(typeof body === 'string' ? {} : { 'content-type': 'application/json' }), ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
