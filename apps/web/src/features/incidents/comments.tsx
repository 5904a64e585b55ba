import type { CommentView } from '@farwatch/contracts';
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconFileText, IconHandStop, IconMessage, IconUserCheck, IconZzz } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './incidents.module.css';
import { commentsQuery, useAddComment } from './queries.ts';

const maxLength = 10_000;
const icons = {
  comment: IconMessage,
  acknowledged: IconHandStop,
  unacknowledged: IconArrowBackUp,
  assigned: IconUserCheck,
  snoozed: IconZzz,
  'post-mortem': IconFileText,
} as const satisfies Record<CommentView['kind'], unknown>;

const Entry = ({ entry }: { readonly entry: CommentView }) => {
  const Icon = icons[entry.kind];
  return (
    <li className={styles.entry} data-act={entry.kind === 'comment' ? undefined : true}>
      <Icon size={17} aria-hidden className={styles.entryIcon} />
      <div className={styles.entryText}>
        <span className={styles.entryHead}>
          <b>{entry.author}</b>
          <span className={styles.soft}>
            <Instant at={entry.createdAt} />
          </span>
        </span>
        <p className={styles.words}>{entry.text}</p>
      </div>
    </li>
  );
};

const faultOf = (text: string): string | null => {
  if (text.trim() === '') return 'Write something first.';
  return text.length > maxLength ? 'At most 10,000 characters.' : null;
};

const Write = ({ incidentId }: { readonly incidentId: string }) => {
  const add = useAddComment(incidentId);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    const found = faultOf(text);
    setFault(found);
    if (found === null) add.mutate(text.trim(), { onSuccess: () => setText('') });
  };
  return (
    <form noValidate className={styles.write} onSubmit={send}>
      <Stack gap="xs">
        <FormAlert error={add.error} kept="What you wrote is still here." />
        <Textarea
          label="Comment"
          autosize
          minRows={2}
          maxRows={10}
          value={text}
          error={fault}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" size="sm" variant="default" loading={add.isPending}>
            Add comment
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Entries = ({ incidentId }: { readonly incidentId: string }) => {
  const query = useInfiniteQuery(commentsQuery(incidentId));
  if (query.status === 'pending') return <Skeletons rows={2} height={48} label="Loading the comments" />;
  if (query.status === 'error')
    return <Problem title="Comments could not be loaded" error={query.error} onRetry={() => void query.refetch()} />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0)
    return (
      <EmptyState small title="Nothing is written down yet">
        Who took it, what was tried, what helped: it stands here for the others.
      </EmptyState>
    );
  return (
    <>
      <ol className={styles.entries} aria-label="Comments and acts">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {query.hasNextPage ? (
        <div className={styles.more}>
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Load newer
          </Button>
        </div>
      ) : null}
    </>
  );
};

/** What people wrote and did, in order, and room for more. */
export const Comments = ({ incidentId }: { readonly incidentId: string }) => (
  <>
    <Entries incidentId={incidentId} />
    <Write incidentId={incidentId} />
  </>
);
