import { maxLogBytes } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, FileButton, Group, Stack, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './diagnosis.module.css';
import { LogReadingCard } from './log-reading.tsx';
import { logsQuery, useUploadLog } from './queries.ts';

const megabyte = 1_048_576;

type Source = 'lines' | 'file';
type Sent = Readonly<{ source: Source; name: string; megabytes: number }>;

const keptWords = ({ source, name }: Sent): string =>
  source === 'lines' ? t`What you pasted is still here.` : t`Nothing of ${name} was kept; it can be chosen again.`;

/** One upload at a time; what is said of it is about the last one that was tried, sent or not. */
const useSending = (incidentId: string) => {
  const upload = useUploadLog(incidentId);
  const [last, setLast] = useState<Sent | null>(null);
  const isTooLarge = last !== null && last.megabytes * megabyte > maxLogBytes;
  const send = (blob: Blob, name: string, source: Source, onRead: () => void): void => {
    upload.reset();
    setLast({ source, name, megabytes: blob.size / megabyte });
    if (blob.size <= maxLogBytes) upload.mutate({ text: blob, name }, { onSuccess: onRead });
  };
  return { upload, last, isTooLarge, send };
};

const TooLarge = ({ sent: { name, megabytes } }: { readonly sent: Sent }) => {
  const size = Math.ceil(megabytes);
  return (
    <p role="alert" className={styles.refused}>
      {t`${name} has ${size} MB; at most 10 MB can be read. Cut out the minutes around the incident.`}
    </p>
  );
};

const Upload = ({ incidentId }: { readonly incidentId: string }) => {
  const [text, setText] = useState('');
  // The browser says nothing when the same file is chosen again, unless it forgot the first time.
  const forgetFile = useRef<() => void>(null);
  const { upload, last, isTooLarge, send } = useSending(incidentId);
  const choose = (file: File | null): void => {
    if (file !== null) send(file, file.name, 'file', () => undefined);
    forgetFile.current?.();
  };
  return (
    <Stack gap="xs" className={styles.upload}>
      <LeaveGuard unsaved={() => text.trim() !== ''} />
      {last === null ? null : <FormAlert error={upload.error} kept={keptWords(last)} />}
      {last !== null && isTooLarge ? <TooLarge sent={last} /> : null}
      <Textarea
        label={t`Lines of your gateway’s error log`}
        description={t`nginx, Apache httpd, HAProxy, PHP-FPM or Caddy, from around the incident. Kept is what was read of it, without client addresses, cookies and query strings; the text itself is not.`}
        placeholder="2026/11/28 04:43:01 [error] … connect() failed (111: Connection refused) while connecting to upstream …"
        autosize
        minRows={4}
        maxRows={14}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        classNames={{ input: styles.pasted ?? '' }}
      />
      <Group gap="xs" justify="flex-end">
        <FileButton resetRef={forgetFile} onChange={choose}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="sm"
              leftSection={<IconUpload size={16} aria-hidden />}
              loading={upload.isPending && last?.source === 'file'}
              disabled={upload.isPending}
            >
              <Trans>Choose a file</Trans>
            </Button>
          )}
        </FileButton>
        <Button
          size="sm"
          loading={upload.isPending && last?.source === 'lines'}
          disabled={text.trim() === '' || upload.isPending}
          onClick={() => send(new Blob([text]), t`pasted lines`, 'lines', () => setText(''))}
        >
          <Trans>Read these lines</Trans>
        </Button>
      </Group>
    </Stack>
  );
};

/** Logs that were read against the incident, and a place for one more. */
export const LogsPanel = ({ incidentId }: { readonly incidentId: string }) => {
  const query = useQuery(logsQuery(incidentId));
  if (query.status === 'pending') return <Skeletons rows={1} height={150} label={t`Loading the logs`} />;
  if (query.status === 'error')
    return <Problem title={t`The logs could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {query.data.items.map((log) => (
        <LogReadingCard key={log.id} log={log} />
      ))}
      <Upload incidentId={incidentId} />
    </>
  );
};
