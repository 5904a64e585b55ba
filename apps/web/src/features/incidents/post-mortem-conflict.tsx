import { getPostMortem } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Button, Stack } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { callTagged } from '../../api/call.ts';
import { TextBlock } from '../../ui/code.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';

type Props = Readonly<{ incidentId: string; onOverwrite: (etag: string | null) => void }>;

/** Somebody else saved while this was being written: theirs is shown, and nothing is lost unasked. */
export const PostMortemConflict = ({ incidentId, onOverwrite }: Props) => {
  const query = useQuery({
    queryKey: ['post-mortem-theirs', incidentId],
    queryFn: ({ signal }) => callTagged(getPostMortem, { params: { incidentId } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  if (query.status === 'pending') return <Skeletons rows={2} height={40} label={t`Loading what they wrote`} />;
  if (query.status === 'error')
    return (
      <Problem
        title={t`Somebody changed it in the meantime, and their text could not be loaded`}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  const { data, etag } = query.data;
  return (
    <Alert
      color="red"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title={t`Somebody changed it in the meantime`}
    >
      <Stack gap="xs" align="start">
        <span>
          <Trans>Yours is still here, and not saved. Take over what you need of theirs:</Trans>
        </span>
        <TextBlock label={t`What they wrote`}>{data.text ?? t`They removed it.`}</TextBlock>
        <Button size="xs" variant="default" onClick={() => onOverwrite(etag)}>
          <Trans>Save mine over it</Trans>
        </Button>
      </Stack>
    </Alert>
  );
};
