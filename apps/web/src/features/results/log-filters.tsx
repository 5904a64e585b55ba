import { type Verdict, verdicts } from '@farwatch/domain';
import { MultiSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { verdictWord } from './outcome.tsx';
import type { LogFilter } from './queries.ts';
import styles from './results.module.css';

type Props = Readonly<{ regions: readonly string[]; filter: LogFilter; onFilter: (filter: LogFilter) => void }>;

const some = <T,>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
const codesOf = (text: string): readonly number[] =>
  text
    .split(/[\s,]+/u)
    .map(Number)
    .filter((code) => Number.isInteger(code) && code >= 100 && code <= 999)
    .slice(0, 20);

/** Narrows the log; what is chosen lives in the URL. */
export const LogFilters = ({ regions, filter, onFilter }: Props) => {
  const [codes, setCodes] = useState((filter.code ?? []).join(', '));
  return (
    <div className={styles.filters}>
      <MultiSelect
        aria-label="Outcome"
        placeholder={filter.verdict === undefined ? 'Any outcome' : ''}
        data={verdicts.map((verdict) => ({ value: verdict, label: verdictWord[verdict] }))}
        value={[...(filter.verdict ?? [])]}
        onChange={(chosen) =>
          onFilter({ ...filter, verdict: some(verdicts.filter((verdict: Verdict) => chosen.includes(verdict))) })
        }
        clearable
      />
      <TextInput
        aria-label="Status codes"
        placeholder="Any code: 502, 504"
        inputMode="numeric"
        value={codes}
        onChange={({ currentTarget }) => {
          setCodes(currentTarget.value);
          onFilter({ ...filter, code: some(codesOf(currentTarget.value)) });
        }}
      />
      {regions.length > 1 ? (
        <MultiSelect
          aria-label="Region"
          placeholder={filter.region === undefined ? 'Any region' : ''}
          data={[...regions]}
          value={[...(filter.region ?? [])]}
          onChange={(chosen) => onFilter({ ...filter, region: some(chosen) })}
          clearable
        />
      ) : null}
    </div>
  );
};
