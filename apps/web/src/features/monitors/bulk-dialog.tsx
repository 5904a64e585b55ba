import type { AlertChange, BulkAction, MonitorView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack, TagsInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Confirm } from '../../ui/confirm.tsx';
import styles from './bulk.module.css';
import type { BulkQuestion } from './bulk-bar.tsx';
import { BulkReplay } from './bulk-replay.tsx';
import { intervals, intervalText } from './interval-words.ts';
import type { MonitorChoices } from './monitor-fields.tsx';
import { tagsOf } from './tags.ts';

/** Shows what a change would have told; null = nothing is asked yet. */
export type BulkPreview = (change: AlertChange | null) => ReactNode;
type Props = Readonly<{
  preview: BulkPreview;
  chosen: readonly MonitorView[];
  useChoices: () => MonitorChoices;
  busy: boolean;
  onAct: (action: BulkAction) => void;
  onClose: () => void;
}>;

const namesShown = 50;

const DeleteMany = ({ chosen, busy, onAct, onClose }: Props) => {
  const n = chosen.length;
  return (
    <Confirm
      opened
      title={plural(n, { one: 'Delete # monitor?', other: 'Delete # monitors?' })}
      action={plural(n, { one: 'Delete monitor', other: 'Delete # monitors' })}
      busy={busy}
      error={null}
      onClose={onClose}
      onConfirm={() => onAct({ kind: 'delete' })}
    >
      <Trans>
        Farwatch stops watching them, and their response logs, incidents and delivery records go with them. You can undo
        it right afterwards; after 24 hours they are lost for good.
      </Trans>
      <ul className={styles.list}>
        {chosen.slice(0, namesShown).map(({ id, name }) => (
          <li key={id}>{name}</li>
        ))}
        {n > namesShown ? (
          <li>
            <Trans>and {n - namesShown} more</Trans>
          </li>
        ) : null}
      </ul>
    </Confirm>
  );
};

/** Of one height, so that the dialog doesn't move when the answer comes. */
const PreviewBox = ({ children }: { readonly children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and a keyboard must be able to scroll it
  <section className={styles.replayed} tabIndex={0} aria-label={t`What the change would have told`}>
    {children}
  </section>
);

const changeOf = (chosen: readonly MonitorView[]) => ({
  ...{ kind: 'monitors' as const, monitorIds: chosen.map(({ id }) => id) },
});

const Tags = ({ preview, chosen, useChoices, busy, onAct, onClose }: Props) => {
  const [kind, setKind] = useState<'add-tags' | 'remove-tags'>('add-tags');
  const [tags, setTags] = useState<string[]>([]);
  const known = useChoices().tags;
  const n = chosen.length;
  return (
    <Modal
      opened
      onClose={onClose}
      title={plural(n, { one: 'Tags of # monitor', other: 'Tags of # monitors' })}
      centered
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t`What to do with the tags`}
          value={kind}
          onChange={(value) => setKind(value === 'add-tags' ? 'add-tags' : 'remove-tags')}
          data={[
            { value: 'add-tags', label: t`Add` },
            { value: 'remove-tags', label: t`Take away` },
          ]}
        />
        <TagsInput
          label={t`Tags`}
          data-autofocus
          maxTags={20}
          data={[...(kind === 'add-tags' ? known : tagsOf(chosen))]}
          value={tags}
          onChange={setTags}
        />
        <PreviewBox>
          {preview(
            tags.length === 0
              ? null
              : { ...changeOf(chosen), ...(kind === 'add-tags' ? { addTags: tags } : { removeTags: tags }) },
          )}
        </PreviewBox>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button disabled={tags.length === 0} loading={busy} onClick={() => onAct({ kind, tags })}>
            {kind === 'add-tags' ? <Trans>Add tags</Trans> : <Trans>Take tags away</Trans>}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

const byTag = 'by-tag';

const Edit = ({ preview, chosen, useChoices, busy, onAct, onClose }: Props) => {
  const [intervalMs, setInterval] = useState<number | null>(null);
  const [timeoutMs, setTimeout] = useState<number | null>(null);
  const [policyId, setPolicy] = useState<string | null>(null);
  const [alertAfterMs, setAlertAfter] = useState<number | null>(null);
  const { policies } = useChoices();
  const n = chosen.length;
  const alerting = {
    ...(policyId === null ? {} : { policyId: policyId === byTag ? null : policyId }),
    ...(alertAfterMs === null ? {} : { alertAfterMs }),
  };
  const patch = {
    ...(intervalMs === null ? {} : { intervalMs }),
    ...(timeoutMs === null ? {} : { timeoutMs }),
    ...alerting,
  };
  const kept = t`As it is`;
  return (
    <Modal opened onClose={onClose} title={plural(n, { one: 'Edit # monitor', other: 'Edit # monitors' })} centered>
      <Stack gap="md">
        <Select
          label={t`Interval`}
          placeholder={kept}
          clearable
          clearButtonProps={{ 'aria-label': t`Leave the interval as it is` }}
          data={intervals.map((seconds) => ({ value: String(seconds * 1_000), label: intervalText(seconds) }))}
          value={intervalMs === null ? null : String(intervalMs)}
          onChange={(value) => setInterval(value === null ? null : Number(value))}
        />
        <NumberInput
          label={t`Timeout`}
          placeholder={kept}
          suffix=" s"
          min={0.5}
          max={60}
          value={timeoutMs === null ? '' : timeoutMs / 1_000}
          onChange={(value) => setTimeout(value === '' ? null : Math.round(Number(value) * 1_000))}
        />
        <Select
          label={t`Escalation policy`}
          placeholder={kept}
          clearable
          clearButtonProps={{ 'aria-label': t`Leave the policy as it is` }}
          data={[{ value: byTag, label: t`By tag, else the default` }, ...policies]}
          value={policyId}
          onChange={setPolicy}
        />
        <NumberInput
          label={t`Alert after`}
          placeholder={kept}
          suffix=" min"
          min={0}
          max={1_440}
          value={alertAfterMs === null ? '' : alertAfterMs / 60_000}
          onChange={(value) => setAlertAfter(value === '' ? null : Math.round(Number(value) * 60_000))}
        />
        <PreviewBox>
          {intervalMs === null && timeoutMs === null ? (
            preview(Object.keys(alerting).length === 0 ? null : { ...changeOf(chosen), ...alerting })
          ) : (
            <BulkReplay monitorIds={chosen.map(({ id }) => id)} wanted={patch} />
          )}
        </PreviewBox>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            <Trans>Cancel</Trans>
          </Button>
          <Button
            disabled={Object.keys(patch).length === 0}
            loading={busy}
            onClick={() => onAct({ kind: 'edit', patch })}
          >
            {plural(n, { one: 'Change # monitor', other: 'Change # monitors' })}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};

/** What is asked before many monitors are changed. */
export const BulkDialog = ({ question, ...props }: Props & { readonly question: BulkQuestion }) => {
  switch (question) {
    case 'delete':
      return <DeleteMany {...props} />;
    case 'tags':
      return <Tags {...props} />;
    case 'edit':
      return <Edit {...props} />;
  }
};
