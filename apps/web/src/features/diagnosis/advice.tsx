import type { DiagnosisView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { TextBlock } from '../../ui/code.tsx';
import styles from './diagnosis.module.css';

type Advice = DiagnosisView['firstFix'];

export const Copy = ({ text, label }: { readonly text: string; readonly label: string }) => (
  <CopyButton value={text} timeout={2_000}>
    {({ copied, copy }) => (
      <Tooltip label={copied ? t`Copied` : label}>
        <ActionIcon
          variant="subtle"
          color={copied ? 'green' : 'gray'}
          onClick={copy}
          aria-label={copied ? t`Copied` : label}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      </Tooltip>
    )}
  </CopyButton>
);

/** A command or a piece of configuration, to be read and copied. */
export const Snippet = ({ snippet: { title, text, kind } }: { readonly snippet: Advice['snippets'][number] }) => (
  <div className={styles.snippet}>
    <div className={styles.snippetHead}>
      <span>{title}</span>
      <Copy text={text} label={kind === 'command' ? t`Copy the command` : t`Copy the configuration`} />
    </div>
    <TextBlock label={title}>{text}</TextBlock>
  </div>
);

/** What to do, with what to type; texts only. */
export const AdviceText = ({ advice }: { readonly advice: Advice }) => (
  <div className={styles.advice}>
    <p>{advice.text}</p>
    {advice.snippets.map((snippet) => (
      <Snippet key={`${snippet.title} ${snippet.text}`} snippet={snippet} />
    ))}
  </div>
);
