import type { DiagnosisView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { TextBlock } from '../../ui/code.tsx';
import styles from './diagnosis.module.css';

type Piece = DiagnosisView['firstFix']['snippets'][number];

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

/** A command or a piece of configuration, to be read and copied; `of` tells it from another of the same title. */
export const Snippet = ({ snippet: { title, text, kind }, of }: { readonly snippet: Piece; readonly of: string }) => (
  <div className={styles.snippet}>
    <div className={styles.snippetHead}>
      <span>{title}</span>
      <Copy text={text} label={kind === 'command' ? t`Copy the command` : t`Copy the configuration`} />
    </div>
    <TextBlock label={`${of}: ${title}`}>{text}</TextBlock>
  </div>
);

type Props = Readonly<{ text?: string; snippets: readonly Piece[]; of: string }>;

/** What to do, with what to type; texts only. */
export const AdviceText = ({ text, snippets, of }: Props) => (
  <div className={styles.advice}>
    {text === undefined ? null : <p>{text}</p>}
    {snippets.map((snippet) => (
      <Snippet key={`${snippet.title} ${snippet.text}`} snippet={snippet} of={of} />
    ))}
  </div>
);
