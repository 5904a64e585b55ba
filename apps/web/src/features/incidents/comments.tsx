import type { CommentView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { IconArrowBackUp, IconFileText, IconHandStop, IconMessage, IconUserCheck, IconZzz } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FormAlert } from '../../ui/form-alert.tsx';
import { InZone } from '../../ui/in-zone.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './incidents.module.css';
import { More } from './more.tsx';
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
        <p className={styles.words}>{entry.kind === 'comment' ? entry.text : <InZone text={entry.text} />}</p>
      </div>
    </li>
  );
};

const faultOf = (text: string): string | null => {
  if (text.trim() === '') return t`Write something first.`;
  return text.length > maxLength ? t`At most 10,000 characters.` : null;
};

/** As in every chat: Ctrl or ⌘ with Enter sends. */
const sends = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => key === 'Enter' && (ctrlKey || metaKey);

const Write = ({ incidentId }: { readonly incidentId: string }) => {
  const add = useAddComment(incidentId);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const send = (): void => {
    const found = faultOf(text);
    setFault(found);
    if (found === null) add.mutate(text.trim(), { onSuccess: () => setText('') });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  return (
    <form noValidate className={styles.write} onSubmit={submit}>
      <LeaveGuard unsaved={() => text.trim() !== ''} />
      <Stack gap="xs">
        <FormAlert error={add.error} kept={t`What you wrote is still here.`} />
        <Textarea
          label={t`Comment`}
          autosize
          minRows={2}
          maxRows={10}
          value={text}
          error={fault}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => (sends(event) && !add.isPending ? send() : undefined)}
        />
        <Group justify="flex-end">
          <Button type="submit" size="sm" variant="default" loading={add.isPending}>
            <Trans>Add comment</Trans>
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const Entries = ({ incidentId }: { readonly incidentId: string }) => {
  const query = useInfiniteQuery(commentsQuery(incidentId));
  if (query.status === 'pending') return <Skeletons rows={2} height={48} label={t`Loading the comments`} />;
  if (query.status === 'error')
    return <Problem title={t`Comments could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />;
  const entries = query.data.pages.flatMap(({ items }) => items);
  if (entries.length === 0)
    return (
      <EmptyState small title={t`Nothing is written down yet`}>
        <Trans>Who took it, what was tried, what helped: it stands here for the others.</Trans>
      </EmptyState>
    );
  return (
    <>
      <ol className={styles.entries} aria-label={t`Comments and acts`}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      <More query={query}>
        <Trans>Load newer</Trans>
      </More>
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
