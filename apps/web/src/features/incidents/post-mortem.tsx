import type { IncidentView } from '@farwatch/contracts';
import { Button, Group, Stack, Tabs, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './incidents.module.css';
import { useDeed } from './queries.ts';

const maxLength = 50_000;

const Editor = ({ incident, onDone }: { readonly incident: IncidentView; readonly onDone: () => void }) => {
  const [text, setText] = useState(incident.postMortem ?? '');
  const deed = useDeed(incident.id);
  const save = (next: string | null): void => deed.mutate({ kind: 'post-mortem', text: next }, { onSuccess: onDone });
  return (
    <Stack gap="sm" className={styles.note}>
      <FormAlert error={deed.error} kept="What you wrote is still here." />
      <Tabs defaultValue="write" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="write">Write</Tabs.Tab>
          <Tabs.Tab value="preview">Preview</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="write" pt="sm">
          <Textarea
            aria-label="Post-mortem note"
            placeholder="What happened, why, and what will keep it from happening again"
            autosize
            minRows={6}
            maxRows={24}
            maxLength={maxLength}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="preview" pt="sm">
          <p className={styles.words}>{text.trim() === '' ? 'There is nothing to show yet.' : text}</p>
        </Tabs.Panel>
      </Tabs>
      <Group justify="flex-end" gap="xs">
        {incident.postMortem === null ? null : (
          <Button variant="subtle" color="red" loading={deed.isPending} onClick={() => save(null)}>
            Remove the note
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button loading={deed.isPending} disabled={text.trim() === ''} onClick={() => save(text.trim())}>
          Save note
        </Button>
      </Group>
    </Stack>
  );
};

/** What happened and what will keep it from happening again; plain text, shown as it was typed. */
export const PostMortem = ({ incident }: { readonly incident: IncidentView }) => {
  const [editing, edit] = useDisclosure(false);
  if (editing) return <Editor incident={incident} onDone={edit.close} />;
  if (incident.postMortem === null)
    return (
      <EmptyState
        small
        title="No post-mortem yet"
        action={
          <Button variant="default" size="sm" onClick={edit.open}>
            Write one
          </Button>
        }
      >
        What happened, and what will keep it from happening again.
      </EmptyState>
    );
  return (
    <div className={styles.note}>
      <p className={styles.words}>{incident.postMortem}</p>
      <Group justify="space-between" mt="sm">
        <span className={styles.soft}>
          {incident.postMortemAt === null ? null : (
            <>
              Written <Instant at={incident.postMortemAt} to="minute" />
            </>
          )}
        </span>
        <Button variant="default" size="sm" onClick={edit.open}>
          Edit the note
        </Button>
      </Group>
    </div>
  );
};
