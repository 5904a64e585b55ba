import type { getIncident, getPostMortem, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Tabs, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { lazy, Suspense, useState } from 'react';
import type { Tagged } from '../../api/call.ts';
import { CallError } from '../../api/call-error.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { useZone } from '../../ui/zone.ts';
import { useDeed } from './deeds.ts';
import { type Draft, keepDraft, readDraft } from './draft.ts';
import styles from './incidents.module.css';
import { PostMortemConflict } from './post-mortem-conflict.tsx';
import { templateOf } from './post-mortem-template.ts';

type Read = Tagged<ReplyOf<typeof getPostMortem>>;
type Props = Readonly<{
  incident: ReplyOf<typeof getIncident>;
  cause: string | null;
  read: Read;
  onDone: () => void;
}>;

const maxLength = 50_000;
const Markdown = lazy(async () => ({ default: (await import('../../ui/markdown.tsx')).Markdown }));
const isConflict = (error: unknown): boolean => error instanceof CallError && error.status === 412;

/** Matches no text, so that one whose beginning nobody knows overwrites nothing unasked. */
const noBase = '"not-known"';
const baseOf = (draft: Draft | null, { data, etag }: Read): string | null => {
  if (draft === null || data.text === null) return draft?.base ?? etag;
  return draft.base ?? noBase;
};

/** What is written, with its draft kept beside, and the tag of what it began from, however often that is read anew. */
const useText = ({ incident, cause, read }: Omit<Props, 'onDone'>) => {
  const zone = useZone();
  const saved = read.data.text;
  const [draft, setDraft] = useState<Draft | null>(() => readDraft(incident.id));
  const fresh = (): string => saved ?? templateOf(incident, cause, zone);
  const [text, setText] = useState(() => draft?.text ?? fresh());
  const [first, setFirst] = useState(text);
  const [base, setBase] = useState(() => baseOf(draft, read));
  const write = (next: string): void => {
    setText(next);
    keepDraft(incident.id, { text: next, base });
  };
  const discard = (): void => {
    keepDraft(incident.id, null);
    setDraft(null);
    setText(fresh());
    setFirst(fresh());
    setBase(read.etag);
  };
  /** A browser that keeps drafts loses nothing. */
  const unsaved = (): boolean => text !== first && readDraft(incident.id)?.text !== text;
  return { text, base, draft, write, discard, unsaved };
};

/** Saves, takes away with a way back, and forgets the draft of what is saved. */
const useSaving = ({ incident: { id }, onDone }: Pick<Props, 'incident' | 'onDone'>) => {
  const deed = useDeed(id);
  const put = (text: string | null, etag: string | null, then: () => void): void =>
    deed.mutate({ kind: 'post-mortem', text, ifMatch: etag ?? undefined }, { onSuccess: then });
  const save = (text: string, etag: string | null): void =>
    put(text, etag, () => {
      keepDraft(id, null);
      onDone();
    });
  const undo = (text: string) => (): void => {
    deed.mutate({ kind: 'post-mortem', text });
    notifications.hide(`post-mortem-${id}`);
  };
  const remove = (was: string, etag: string | null): void =>
    put(null, etag, () => {
      keepDraft(id, null);
      onDone();
      notifications.show({
        ...{ id: `post-mortem-${id}`, autoClose: 15_000, title: t`The post-mortem was removed.` },
        message: (
          <Button variant="default" size="xs" onClick={undo(was)}>
            <Trans>Put it back</Trans>
          </Button>
        ),
      });
    });
  return { deed, save, remove };
};

const DraftNote = ({ draft, onDiscard }: { readonly draft: Draft; readonly onDiscard: () => void }) => (
  <Group gap="xs" className={styles.soft}>
    <span>
      <Trans>
        This is your draft of <Instant at={draft.at} to="minute" />, kept in this browser.
      </Trans>
    </span>
    <Button variant="subtle" size="compact-sm" onClick={onDiscard}>
      <Trans>Begin anew</Trans>
    </Button>
  </Group>
);

const Write = ({ text, onWrite }: { readonly text: string; readonly onWrite: (text: string) => void }) => (
  <Tabs defaultValue="write" keepMounted={false}>
    <Tabs.List>
      <Tabs.Tab value="write">
        <Trans>Write</Trans>
      </Tabs.Tab>
      <Tabs.Tab value="preview">
        <Trans>Preview</Trans>
      </Tabs.Tab>
    </Tabs.List>
    <Tabs.Panel value="write" pt="sm">
      <Textarea
        aria-label={t`Post-mortem note`}
        description={t`In Markdown. Drafts are kept in this browser while you write.`}
        inputWrapperOrder={['label', 'error', 'input', 'description']}
        autosize
        minRows={10}
        maxRows={28}
        maxLength={maxLength}
        value={text}
        onChange={({ currentTarget }) => onWrite(currentTarget.value)}
        classNames={{ input: styles.source ?? '' }}
      />
    </Tabs.Panel>
    <Tabs.Panel value="preview" pt="sm" className={styles.preview ?? ''}>
      {text.trim() === '' ? (
        <p className={styles.soft}>
          <Trans>There is nothing to show yet.</Trans>
        </p>
      ) : (
        <Suspense fallback={<Skeletons rows={3} height={32} />}>
          <Markdown>{text}</Markdown>
        </Suspense>
      )}
    </Tabs.Panel>
  </Tabs>
);

/** Writes a post-mortem; begins with the incident's facts, loses nothing, and overwrites nobody unasked. */
export const PostMortemEditor = ({ incident, cause, read, onDone }: Props) => {
  const { text, base, draft, write, discard, unsaved } = useText({ incident, cause, read });
  const { deed, save, remove } = useSaving({ incident, onDone });
  const was = read.data.text;
  return (
    <Stack gap="sm" className={styles.note}>
      <LeaveGuard unsaved={unsaved} />
      {isConflict(deed.error) ? (
        <PostMortemConflict incidentId={incident.id} onOverwrite={(etag) => save(text.trim(), etag)} />
      ) : (
        <FormAlert error={deed.error} kept={t`What you wrote is still here.`} />
      )}
      {draft === null ? null : <DraftNote draft={draft} onDiscard={discard} />}
      <Write text={text} onWrite={write} />
      <Group justify="flex-end" gap="xs">
        {was === null ? null : (
          <Button variant="subtle" color="red" loading={deed.isPending} onClick={() => remove(was, base)}>
            <Trans>Remove the note</Trans>
          </Button>
        )}
        <Button variant="default" onClick={onDone}>
          <Trans>Close</Trans>
        </Button>
        <Button loading={deed.isPending} disabled={text.trim() === ''} onClick={() => save(text.trim(), base)}>
          <Trans>Save note</Trans>
        </Button>
      </Group>
    </Stack>
  );
};
