import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { messageOf } from '../../api/call-error.ts';
import type { MonitorValues } from './monitor-values.ts';
import styles from './monitors.module.css';
import { type Previewed, previewQuery, type Wanted } from './queries.ts';

type Previewable = Pick<MonitorValues, 'policy' | 'regions' | 'tags' | 'policyId' | 'alertAfterMs'>;
type Props = Readonly<{ monitorId: string; values: Previewable; saved: Previewable }>;

const restMs = 500;
const dayMs = 86_400_000;

/** What can be replayed of a form; no regions = every one, which the log can't know. */
const partOf = ({ policy, regions, tags, policyId, alertAfterMs }: Previewable): Wanted => ({
  ...{ ...policy, tags: [...tags], policyId, alertAfterMs },
  ...(regions.length === 0 ? {} : { regions: [...regions].toSorted() }),
});
const same = (a: Wanted, b: Wanted): boolean => JSON.stringify(a) === JSON.stringify(b);

const sentence = ({ from, to, wanted, present }: Previewed): string => {
  const days = plural(Math.ceil((Date.parse(to) - Date.parse(from)) / dayMs), { one: '# day', other: '# days' });
  const would = plural(wanted.incidents, { one: '# incident', other: '# incidents' });
  const alerts = plural(wanted.sent, { one: '# alert', other: '# alerts' });
  const sent = wanted.isLeast ? t`at least ${alerts}` : alerts;
  const opens = plural(present.incidents, { one: '# incident', other: '# incidents' });
  const saved = present.isLeast ? t`at least ${present.sent}` : `${present.sent}`;
  return t`In the last ${days} this would have opened ${would} and sent ${sent}. As saved: ${opens}, ${saved} sent.`;
};

/** What these settings would have come to in the last 30 days; shown by itself as soon as a field differs. */
export const PolicyPreview = ({ monitorId, values, saved }: Props) => {
  const present = partOf(saved);
  const [wanted] = useDebouncedValue(JSON.stringify(partOf(values)), restMs);
  const asked = JSON.parse(wanted) as Wanted; // what was written the line above
  const changed = !same(asked, present);
  const unseen = values.regions.some((region) => !saved.regions.includes(region));
  const preview = useQuery({
    ...previewQuery(monitorId, asked),
    enabled: changed,
    placeholderData: keepPreviousData,
  });
  if (!changed && same(partOf(values), present)) return null;
  return (
    <Group gap="sm" className={styles.preview ?? ''}>
      <Text size="sm" role="status" {...(preview.isError ? { c: 'red' } : {})}>
        {preview.isError ? messageOf(preview.error) : null}
        {preview.isPending ? <Trans>Replaying the last 30 days…</Trans> : null}
        {preview.data === undefined || preview.isError ? null : sentence(preview.data)}
      </Text>
      {preview.data === undefined || preview.isError || preview.data.wanted.sent === 0 ? null : (
        <Text size="xs" c="dimmed">
          <Trans>
            As if nobody had acknowledged or snoozed them, and no other monitor had alerts at the same time.
          </Trans>{' '}
          {unseen ? <Trans>A region that has not looked yet has no part in it.</Trans> : null}
        </Text>
      )}
      {preview.isError ? (
        <Button size="compact-sm" variant="default" onClick={() => void preview.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      ) : null}
    </Group>
  );
};
