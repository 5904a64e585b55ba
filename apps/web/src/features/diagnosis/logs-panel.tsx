import { Button, FileButton, Group, Stack, Textarea } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './diagnosis.module.css';
import { LogReadingCard } from './log-reading.tsx';
import { logsQuery, useUploadLog } from './queries.ts';

const mostBytes = 10_485_760;

const Upload = ({ incidentId }: { readonly incidentId: string }) => {
  const [text, setText] = useState('');
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const upload = useUploadLog(incidentId);
  const send = (blob: Blob, name: string): void => {
    setTooLarge(
      blob.size > mostBytes
        ? `${name} has ${Math.ceil(blob.size / 1_048_576)} MB; at most 10 MB can be read. Cut out the minutes around the incident.`
        : null,
    );
    if (blob.size <= mostBytes) upload.mutate({ text: blob, name }, { onSuccess: () => setText('') });
  };
  return (
    <Stack gap="xs" className={styles.upload}>
      <FormAlert error={upload.error} kept="What you pasted is still here." />
      {tooLarge === null ? null : <p role="alert">{tooLarge}</p>}
      <Textarea
        label="Lines of your gateway’s error log"
        description="nginx, Apache httpd, HAProxy, PHP-FPM or Caddy, from around the incident. Kept is what was read of it, without client addresses, cookies and query strings; the text itself is not."
        placeholder="2026/11/28 04:43:01 [error] … connect() failed (111: Connection refused) while connecting to upstream …"
        autosize
        minRows={4}
        maxRows={14}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        classNames={{ input: styles.pasted ?? '' }}
      />
      <Group gap="xs" justify="flex-end">
        <FileButton onChange={(file) => file !== null && send(file, file.name)}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="sm"
              leftSection={<IconUpload size={16} aria-hidden />}
              loading={upload.isPending}
            >
              Choose a file
            </Button>
          )}
        </FileButton>
        <Button
          size="sm"
          loading={upload.isPending}
          disabled={text.trim() === ''}
          onClick={() => send(new Blob([text]), 'pasted lines')}
        >
          Read these lines
        </Button>
      </Group>
    </Stack>
  );
};

/** Logs that were read against the incident, and a place for one more. */
export const LogsPanel = ({ incidentId }: { readonly incidentId: string }) => {
  const query = useQuery(logsQuery(incidentId));
  if (query.status === 'pending') return <Skeletons rows={1} height={150} label="Loading the logs" />;
  if (query.status === 'error')
    return <Problem title="The logs could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      {query.data.items.map((log) => (
        <LogReadingCard key={log.id} log={log} />
      ))}
      <Upload incidentId={incidentId} />
    </>
  );
};
