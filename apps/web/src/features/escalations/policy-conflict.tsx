import { getPolicy } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { callTagged } from '../../api/call.ts';
import { CallError } from '../../api/call-error.ts';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './editor.module.css';
import { Ladder } from './ladder.tsx';
import type { Reachable } from './slots.ts';

type Props = Readonly<{
  policyId: string;
  reachable: Reachable;
  onTake: () => void;
  onOverwrite: (etag: string | null) => void;
  onAnew: () => void;
}>;

const Deleted = ({ onAnew }: Pick<Props, 'onAnew'>) => (
  <Alert color="red" role="alert" title={t`Somebody deleted it in the meantime`}>
    <Stack gap="xs" align="start">
      <Trans>Yours is still here, and not saved.</Trans>
      <Button size="xs" variant="default" onClick={onAnew}>
        <Trans>Save mine as a new policy</Trans>
      </Button>
    </Stack>
  </Alert>
);

/** Somebody else saved while this was being written: theirs is drawn, and nothing is lost unasked. */
export const PolicyConflict = ({ policyId, reachable, onTake, onOverwrite, onAnew }: Props) => {
  const query = useQuery({
    queryKey: ['escalation-policy-theirs', policyId],
    queryFn: ({ signal }) => callTagged(getPolicy, { params: { policyId } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  if (query.status === 'pending') return <Skeletons rows={2} height={80} label={t`Loading what they saved`} />;
  if (query.status === 'error')
    return query.error instanceof CallError && query.error.status === 404 ? (
      <Deleted onAnew={onAnew} />
    ) : (
      <Problem
        title={t`Somebody changed it in the meantime, and theirs could not be loaded`}
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
      <Stack gap="sm" align="start">
        <Trans>Yours is still below, and not saved. This is what stands there now:</Trans>
        <div className={styles.theirs}>
          <p className={styles.theirName}>{data.name}</p>
          <Ladder policy={data} reachable={reachable} />
        </div>
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onTake}>
            <Trans>Load it as it is now</Trans>
          </Button>
          <Button size="xs" variant="default" onClick={() => onOverwrite(etag)}>
            <Trans>Save mine over it</Trans>
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
