import { t } from '@lingui/core/macro';
import { MultiSelect } from '@mantine/core';
import styles from './monitors.module.css';

type Props = Readonly<{
  tags: readonly string[];
  chosen: readonly string[];
  /** With commas, as it stands in the URL. */
  onChosen: (tag: string | undefined) => void;
}>;

/** Shows monitors that have one of the chosen tags. */
export const TagFilter = ({ tags, chosen, onChosen }: Props) => (
  <MultiSelect
    className={styles.tagFilter}
    aria-label={t`Show monitors with these tags`}
    placeholder={chosen.length === 0 ? t`Tags` : undefined}
    searchable
    clearable
    clearButtonProps={{ 'aria-label': t`Show all tags` }}
    data={tags}
    value={[...chosen]}
    onChange={(value) => onChosen(value.length === 0 ? undefined : value.join(','))}
  />
);
