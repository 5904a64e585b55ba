import { t } from '@lingui/core/macro';
import { MultiSelect } from '@mantine/core';

type Props<T extends string> = Readonly<{
  label: string;
  /** What stands there while nothing is chosen. */
  none: string;
  all: readonly T[];
  word: (value: T) => string;
  chosen: readonly T[] | undefined;
  onChosen: (chosen: readonly T[] | undefined) => void;
}>;

/** Any of a few words; none chosen means all. */
export const ManySelect = <T extends string>({ label, none, all, word, chosen, onChosen }: Props<T>) => (
  <MultiSelect
    aria-label={label}
    placeholder={chosen === undefined ? none : ''}
    data={all.map((value) => ({ value, label: word(value) }))}
    value={[...(chosen ?? [])]}
    onChange={(next) => {
      const kept = all.filter((value) => next.includes(value));
      onChosen(kept.length === 0 ? undefined : kept);
    }}
    clearable
    clearButtonProps={{ 'aria-label': t`Clear: ${label}` }}
  />
);
