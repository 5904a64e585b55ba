import type { DiagnosisView } from '@farwatch/contracts';
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { TextBlock } from '../../ui/code.tsx';
import styles from './diagnosis.module.css';

export const Copy = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <CopyButton value={text} timeout={2_000}>
    {({ copied, copy }) => (
      <Tooltip label={copied ? 'Copied' : label}>
        <ActionIcon
          variant="subtle"
          color={copied ? 'green' : 'gray'}
          onClick={copy}
          aria-label={copied ? 'Copied' : label}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    )}
  </CopyButton>
);

/** What to do, with what to type; texts only. */
export const AdviceText = ({ advice }: { readonly advice: DiagnosisView['firstFix'] }) => (
  <div className={styles.advice}>
    <p>{advice.text}</p>
    {advice.snippets.map(({ title, text, kind }) => (
      <div key={`${title} ${text}`} className={styles.snippet}>
        <div className={styles.snippetHead}>
          <span>{title}</span>
          <Copy text={text} label={`Copy the ${kind === 'command' ? 'command' : 'configuration'}`} />
        </div>
        <TextBlock label={title}>{text}</TextBlock>
      </div>
    ))}
  </div>
);
