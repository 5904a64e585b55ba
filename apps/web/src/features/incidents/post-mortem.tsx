import type { getIncident, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { readDraft } from './draft.ts';
import styles from './incidents.module.css';
import { PostMortemEditor } from './post-mortem-editor.tsx';
import { postMortemQuery } from './queries.ts';

type Incident = ReplyOf<typeof getIncident>;
type Props = Readonly<{ incident: Incident; cause: string | null }>;

/** Reading Markdown takes a library that most visits never need. */
const Markdown = lazy(async () => ({ default: (await import('../../ui/markdown.tsx')).Markdown }));

const Editing = ({ incident, cause, onDone }: Props & { readonly onDone: () => void }) => {
  const query = useQuery(postMortemQuery(incident.id));
  if (query.status === 'pending') return <Skeletons rows={3} height={60} label={t`Loading the post-mortem`} />;
  if (query.status === 'error')
    return (
      <Problem
        title={t`The post-mortem could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  return <PostMortemEditor incident={incident} cause={cause} read={query.data} onDone={onDone} />;
};

const None = ({ incidentId, onWrite }: { readonly incidentId: string; readonly onWrite: () => void }) => (
  <EmptyState
    small
    title={t`No post-mortem yet`}
    action={
      <Button variant="default" size="sm" onClick={onWrite}>
        {readDraft(incidentId) === null ? <Trans>Write one</Trans> : <Trans>Go on with your draft</Trans>}
      </Button>
    }
  >
    <Trans>What happened, and what will keep it from happening again. It begins with what is known already.</Trans>
  </EmptyState>
);

/** What happened and what will keep it from happening again, in Markdown. */
export const PostMortem = ({ incident, cause }: Props) => {
  const [editing, edit] = useDisclosure(false);
  if (editing) return <Editing incident={incident} cause={cause} onDone={edit.close} />;
  const { postMortem, postMortemAt } = incident;
  if (postMortem === null) return <None incidentId={incident.id} onWrite={edit.open} />;
  return (
    <div className={styles.note}>
      <Suspense fallback={<Skeletons rows={3} height={32} />}>
        <Markdown>{postMortem}</Markdown>
      </Suspense>
      <Group justify="space-between" mt="md">
        <span className={styles.soft}>
          {postMortemAt === null ? null : (
            <Trans>
              Written <Instant at={postMortemAt} to="minute" />
            </Trans>
          )}
        </span>
        <Button variant="default" size="sm" onClick={edit.open}>
          <Trans>Edit the note</Trans>
        </Button>
      </Group>
    </div>
  );
};
