import { Button, Group, Text } from '@mantine/core';
import { messageOf } from '../../api/call-error.ts';
import type { JudgementPolicy } from './judgement-words.ts';
import { usePolicyPreview } from './queries.ts';

type Props = Readonly<{ monitorId: string; policy: JudgementPolicy }>;

/** What these settings would have come to in the last 30 days, before they are saved. */
export const PolicyPreview = ({ monitorId, policy }: Props) => {
  const preview = usePolicyPreview(monitorId);
  return (
    <Group gap="sm">
      <Button variant="default" loading={preview.isPending} onClick={() => preview.mutate(policy)}>
        Try on the last 30 days
      </Button>
      <Text size="sm" role="status" {...(preview.isError ? { c: 'red' } : {})}>
        {preview.isError ? messageOf(preview.error) : preview.data?.summary}
      </Text>
    </Group>
  );
};
