import { getPolicy } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Alert, Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callTagged } from '../../api/call.ts';
import { Conflict } from '../../ui/conflict.tsx';
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

/** Their policy, drawn, beside mine. */
export const PolicyConflict = ({ policyId, reachable, onTake, onOverwrite, onAnew }: Props) => {
  const theirs = useQuery({
    queryKey: ['escalation-policy-theirs', policyId],
    queryFn: ({ signal }) => callTagged(getPolicy, { params: { policyId } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Conflict
      {...{ theirs, onTake, onOverwrite }}
      waiting={<Skeletons rows={2} height={80} label={t`Loading what they saved`} />}
      failed={t`Somebody changed it in the meantime, and theirs could not be loaded`}
      gone={<Deleted onAnew={onAnew} />}
      note={t`Yours is still below, and not saved. This is what stands there now:`}
    >
      {(policy) => (
        <div className={styles.theirs}>
          <p className={styles.theirName}>{policy.name}</p>
          <Ladder policy={policy} reachable={reachable} />
        </div>
      )}
    </Conflict>
  );
};
