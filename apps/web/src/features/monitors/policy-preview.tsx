import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { messageOf } from '../../api/call-error.ts';
import type { JudgementPolicy } from './judgement-words.ts';
import styles from './monitors.module.css';
import { type Previewed, previewQuery } from './queries.ts';

type Props = Readonly<{ monitorId: string; policy: JudgementPolicy; saved: JudgementPolicy }>;

const restMs = 500;
const dayMs = 86_400_000;

const same = (a: JudgementPolicy, b: JudgementPolicy): boolean => JSON.stringify(a) === JSON.stringify(b);

const sentence = ({ from, to, wanted, present }: Previewed): string => {
  const days = plural(Math.ceil((Date.parse(to) - Date.parse(from)) / dayMs), { one: '# day', other: '# days' });
  const would = plural(wanted.incidents, { one: '# incident', other: '# incidents' });
  const sent = plural(wanted.sent, { one: '# alert', other: '# alerts' });
  const opens = plural(present.incidents, { one: '# incident', other: '# incidents' });
  return t`In the last ${days} this would have opened ${would} and sent ${sent}. As saved: ${opens}, ${present.sent} sent.`;
};

/** What these settings would have come to in the last 30 days; shown by itself as soon as a field differs. */
export const PolicyPreview = ({ monitorId, policy, saved }: Props) => {
  const [wanted] = useDebouncedValue(policy, restMs);
  const changed = !same(wanted, saved);
  const preview = useQuery({
    ...previewQuery(monitorId, wanted),
    enabled: changed,
    placeholderData: keepPreviousData,
  });
  if (!changed && same(policy, saved)) return null;
  return (
    <Group gap="sm" className={styles.preview ?? ''}>
      <Text size="sm" role="status" {...(preview.isError ? { c: 'red' } : {})}>
        {preview.isError ? messageOf(preview.error) : null}
        {preview.isPending ? <Trans>Replaying the last 30 days…</Trans> : null}
        {preview.data === undefined || preview.isError ? null : sentence(preview.data)}
      </Text>
      {preview.isError ? (
        <Button size="compact-sm" variant="default" onClick={() => void preview.refetch()}>
          <Trans>Try again</Trans>
        </Button>
      ) : null}
    </Group>
  );
};
