import type { MonitorView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPencil, IconPlayerPause, IconPlayerPlay, IconTag, IconTrash, IconX } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import styles from './bulk.module.css';
import type { BulkPreview } from './bulk-dialog.tsx';
import type { MonitorChoices } from './monitor-fields.tsx';
import { useBulk } from './use-bulk.tsx';

/** Forms are heavy, and most people look more often than they change. */
const BulkDialog = lazy(async () => ({ default: (await import('./bulk-dialog.tsx')).BulkDialog }));
export type BulkQuestion = 'tags' | 'edit' | 'delete';

type Props = Readonly<{
  chosen: readonly MonitorView[];
  onClear: () => void;
  useChoices: () => MonitorChoices;
  preview: BulkPreview;
}>;

/** What can be done to the chosen monitors at once; it stays in sight at the foot of the window. */
export const BulkBar = ({ chosen, onClear, useChoices, preview }: Props) => {
  const bulk = useBulk();
  const [question, ask] = useState<BulkQuestion | null>(null);
  const elsewhere = (): boolean => document.querySelector('[role="dialog"], [role="menu"]') !== null;
  useHotkeys([['Escape', () => (question !== null || elsewhere() ? undefined : onClear())]]);
  if (chosen.length === 0) return null;
  const n = chosen.length;
  const paused = chosen.filter(({ pausedAt }) => pausedAt !== null);
  const watched = chosen.filter(({ pausedAt }) => pausedAt === null);
  return (
    <section className={styles.bulk} aria-label={t`What to do with the chosen monitors`}>
      <span className={styles.count} role="status">
        {plural(n, { one: '# chosen', other: '# chosen' })}
      </span>
      {watched.length === 0 ? null : (
        <Button
          size="sm"
          variant="default"
          loading={bulk.isPending}
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => bulk.mutate({ action: { kind: 'pause' }, monitors: watched })}
        >
          <Trans>Pause</Trans>
        </Button>
      )}
      {paused.length === 0 ? null : (
        <Button
          size="sm"
          variant="default"
          loading={bulk.isPending}
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={() => bulk.mutate({ action: { kind: 'resume' }, monitors: paused })}
        >
          <Trans>Resume</Trans>
        </Button>
      )}
      <Button size="sm" variant="default" leftSection={<IconTag size={16} aria-hidden />} onClick={() => ask('tags')}>
        <Trans>Tags</Trans>
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconPencil size={16} aria-hidden />}
        onClick={() => ask('edit')}
      >
        <Trans>Edit</Trans>
      </Button>
      <Button
        size="sm"
        variant="light"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => ask('delete')}
      >
        <Trans>Delete</Trans>
      </Button>
      <Button size="sm" variant="subtle" color="gray" leftSection={<IconX size={16} aria-hidden />} onClick={onClear}>
        <Trans>Choose none</Trans>
      </Button>
      {question === null ? null : (
        <Suspense fallback={null}>
          <BulkDialog
            question={question}
            chosen={chosen}
            useChoices={useChoices}
            preview={preview}
            busy={bulk.isPending}
            onClose={() => ask(null)}
            onAct={(action) => bulk.mutate({ action, monitors: chosen }, { onSuccess: () => ask(null) })}
          />
        </Suspense>
      )}
    </section>
  );
};
