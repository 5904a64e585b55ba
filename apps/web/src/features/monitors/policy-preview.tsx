import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { messageOf } from '../../api/call-error.ts';
import { type MonitorValues, validation } from './monitor-values.ts';
import styles from './monitors.module.css';
import { caveatText, daysText, openedText, savedText } from './preview-words.ts';
import { type Previewed, previewQuery, type Wanted } from './queries.ts';

type Previewable = Pick<
  MonitorValues,
  'policy' | 'regions' | 'tags' | 'policyId' | 'alertAfterMs' | 'intervalSeconds' | 'timeoutSeconds' | 'parents'
>;
type Props = Readonly<{ monitorId: string; values: Previewable; saved: Previewable }>;

const restMs = 500;

/** What is half typed is no length yet: then it stays as it is saved. */
const timingOf = ({ intervalSeconds, timeoutSeconds }: Previewable): Wanted => ({
  ...(validation.intervalSeconds(intervalSeconds) === null ? { intervalMs: Math.round(intervalSeconds * 1_000) } : {}),
  ...(validation.timeoutSeconds(timeoutSeconds) === null ? { timeoutMs: Math.round(timeoutSeconds * 1_000) } : {}),
});

/** Other parents are read once more by the API, so those that it has are not asked about. */
const otherParents = (values: Previewable, saved: Previewable): Wanted => {
  const parents = [...values.parents].toSorted();
  return JSON.stringify(parents) === JSON.stringify([...saved.parents].toSorted()) ? {} : { parents };
};

/** What can be replayed of a form; no regions = every one, which the log can't know. */
const partOf = (values: Previewable, saved: Previewable): Wanted => {
  const { policy, regions, tags, policyId, alertAfterMs } = values;
  return {
    ...{ ...policy, tags: [...tags], policyId, alertAfterMs, ...timingOf(values), ...otherParents(values, saved) },
    ...(regions.length === 0 ? {} : { regions: [...regions].toSorted() }),
  };
};
const same = (a: Wanted, b: Wanted): boolean => JSON.stringify(a) === JSON.stringify(b);

const sentence = ({ from, to, wanted, present }: Previewed): string => {
  const days = daysText({ from, to });
  return t`In the last ${days} this would have opened ${openedText(wanted)}. As saved: ${savedText(present)}.`;
};

const Notes = ({ preview, unseen }: Readonly<{ preview: Previewed; unseen: boolean }>) =>
  preview.caveats.length === 0 && preview.wanted.sent === 0 ? null : (
    <Text size="xs" c="dimmed" component="div">
      {preview.caveats.map((caveat) => (
        <div key={caveat.what}>{caveatText(caveat)}</div>
      ))}
      {preview.wanted.sent === 0 ? null : (
        <div>
          <Trans>
            As if nobody had acknowledged or snoozed them, and no other monitor had alerts at the same time.
          </Trans>{' '}
          {unseen ? <Trans>A region that has not looked yet has no part in it.</Trans> : null}
        </div>
      )}
    </Text>
  );

const isInWindow = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
};

/**
 * It comes up over the lower end of the form: what is being changed moves out from under it. Who has scrolled elsewhere
 * meanwhile stays there.
 */
const useFieldInSight = (stands: boolean): void => {
  useEffect(() => {
    const field = document.activeElement;
    if (stands && field !== null && isInWindow(field)) field.scrollIntoView({ block: 'nearest' });
  }, [stands]);
};

/** What these settings would have come to in the last 30 days; shown by itself as soon as a field differs. */
export const PolicyPreview = ({ monitorId, values, saved }: Props) => {
  const present = partOf(saved, saved);
  const [wanted] = useDebouncedValue(JSON.stringify(partOf(values, saved)), restMs);
  const asked = JSON.parse(wanted) as Wanted; // what was written the line above
  const changed = !same(asked, present);
  const unseen = values.regions.some((region) => !saved.regions.includes(region));
  const preview = useQuery({
    ...previewQuery(monitorId, asked),
    enabled: changed,
    placeholderData: keepPreviousData,
  });
  useFieldInSight(changed && preview.data !== undefined);
  if (!changed && same(partOf(values, saved), present)) return null;
  return (
    <Group gap="sm" className={styles.preview ?? ''}>
      <Text size="sm" role="status" {...(preview.isError ? { c: 'red' } : {})}>
        {preview.isError ? messageOf(preview.error) : null}
        {preview.isPending ? <Trans>Replaying the last 30 days…</Trans> : null}
        {preview.data === undefined || preview.isError ? null : sentence(preview.data)}
      </Text>
      {preview.data === undefined || preview.isError ? null : <Notes preview={preview.data} unseen={unseen} />}
      {preview.isError ? (
        <Button size="compact-sm" variant="default" onClick={() => void preview.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      ) : null}
    </Group>
  );
};
