import { t } from '@lingui/core/macro';
import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useId, useState } from 'react';
import styles from './advanced.module.css';

/** `fault`: something in it is wrong, and has to be seen. */
type Props = Readonly<{ label?: string; open?: boolean; fault?: boolean; children: ReactNode }>;

/** What has a good default, behind a word. */
export const Advanced = ({ label = t`Advanced`, open: first = false, fault = false, children }: Props) => {
  const [open, { toggle, open: unfold }] = useDisclosure(first);
  const [wasFault, setWasFault] = useState(false);
  if (wasFault !== fault) {
    setWasFault(fault);
    if (fault) unfold();
  }
  const id = useId();
  return (
    <div>
      <UnstyledButton className={styles.toggle} onClick={toggle} aria-expanded={open} aria-controls={id}>
        <IconChevronDown size={16} aria-hidden data-open={open || undefined} />
        {label}
      </UnstyledButton>
      <Collapse expanded={open} id={id}>
        <div className={styles.body}>{children}</div>
      </Collapse>
    </div>
  );
};
