import { t } from '@lingui/core/macro';
import { MultiSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Choice } from './choice.ts';
import styles from './many-select.module.css';

type Props = Readonly<{
  label: string;
  none: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChosen: (chosen: readonly string[]) => void;
  /** Whether somebody has just pressed on what stood here before. */
  open: boolean;
}>;

/** The list itself. Heavy: load it when somebody wants to choose, or has. */
export const ManySelectDrawn = ({ label, none, choices, chosen, onChosen, open }: Props) => {
  const [, drawAgain] = useState(false);
  // The field says that it is open once it is drawn after its list.
  useEffect(() => {
    const frame = requestAnimationFrame(() => drawAgain(true));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <MultiSelect
      aria-label={label}
      placeholder={chosen.length === 0 ? none : ''}
      data={choices}
      value={[...chosen]}
      onChange={onChosen}
      autoFocus={open}
      defaultDropdownOpened={open}
      clearable
      clearSectionMode="clear"
      classNames={{ input: styles.field ?? '', pillsList: styles.chosen ?? '' }}
      clearButtonProps={{ 'aria-label': t`Clear: ${label}` }}
    />
  );
};
