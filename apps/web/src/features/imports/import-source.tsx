import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, FileButton, Group, Stack, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import styles from './imports.module.css';

const longest = 2_000_000;
/** One address: it may be a site whose pages are wanted. */
const isOneWord = (text: string): boolean => /^\s*\S*[.:]\S*\s*$/u.test(text.slice(0, 2_100));

type Props = Readonly<{
  text: string;
  busy: boolean;
  error: unknown;
  onText: (text: string) => void;
  onRead: (text: string, format: 'auto' | 'sitemap') => void;
}>;

/** One place for whatever somebody has: pasted, dropped or chosen. What it is, the server finds out. */
export const ImportSource = ({ text, busy, error, onText, onRead }: Props) => {
  const [fault, setFault] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const forget = useRef<() => void>(null);
  const take = async (file: File | null): Promise<void> => {
    forget.current?.();
    if (file === null) return;
    if (file.size > longest) return setFault(t`This file is too large: at most 2 MB are read at once.`);
    setFault(null);
    const read = await file.text();
    onText(read);
    onRead(read, 'auto');
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0] ?? null);
  };
  const readNow = (format: 'auto' | 'sitemap'): void => {
    setFault(null);
    onRead(text, format);
  };
  return (
    <Stack gap="md">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of three ways, and the others are a field and a button */}
      <div
        className={styles.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Textarea
          label={t`URLs, or the text of a file`}
          description={t`One URL or host name a line; CSV with a header; Uptime Kuma’s backup; our own YAML; the address of a sitemap, which a probe reads. A file can be dropped here.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={'https://example.com/\nshop.example.com'}
          autosize
          minRows={8}
          maxRows={18}
          spellCheck={false}
          classNames={{ input: styles.text ?? '' }}
          maxLength={longest}
          value={text}
          error={fault}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        />
      </div>
      {error === null || error === undefined ? null : <FormAlert error={error} />}
      <Group gap="sm">
        <Button disabled={text.trim() === ''} loading={busy} onClick={() => readNow('auto')}>
          <Trans>Read it</Trans>
        </Button>
        {isOneWord(text) ? (
          <Button variant="default" disabled={busy} onClick={() => readNow('sitemap')}>
            <Trans>Read its sitemap</Trans>
          </Button>
        ) : null}
        <FileButton
          resetRef={forget}
          accept=".txt,.csv,.json,.yaml,.yml,text/*,application/json"
          onChange={(file) => void take(file)}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
              <Trans>Choose a file</Trans>
            </Button>
          )}
        </FileButton>
      </Group>
    </Stack>
  );
};
