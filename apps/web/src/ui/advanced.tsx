import { t } from '@lingui/core/macro';
import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import styles from './advanced.module.css';

type Props = Readonly<{ label?: string; open?: boolean; children: ReactNode }>;

/** What has a good default, behind a word. */
export const Advanced = ({ label = t`Advanced`, open: first = false, children }: Props) => {
  const [open, { toggle }] = useDisclosure(first);
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
