import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, FileButton, Group, Stack, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import { type DragEvent, useRef, useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import styles from './imports.module.css';

const longest = 2_000_000;

type Props = Readonly<{
  text: string;
  busy: boolean;
  error: unknown;
  onText: (text: string) => void;
  onRead: (text: string) => void;
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
    onRead(read);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0] ?? null);
  };
  const readNow = (): void => {
    setFault(null);
    onRead(text);
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
          description={t`One URL or host name a line; CSV with a header; Uptime Kuma’s backup; our own YAML. A file can be dropped here.`}
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
        <Button disabled={text.trim() === ''} loading={busy} onClick={readNow}>
          <Trans>Read it</Trans>
        </Button>
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
