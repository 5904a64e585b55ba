import type { PolicyView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { Confirm } from '../../ui/confirm.tsx';
import { tellUndo } from '../../ui/undo-message.tsx';
import type { Following } from './followers.ts';
import { useDeletePolicy, useRestorePolicy } from './queries.ts';

type Props = Readonly<{ policy: PolicyView; following: Following | null }>;

/** What is lost with it, said before it is. */
const Lost = ({ policy, following }: Props) => {
  const steps = plural(policy.steps.length, { one: 'its step', other: 'its # steps' });
  const followers = following === null ? null : following.namedBy.length + following.tagged + following.rest;
  const monitors = plural(followers ?? 0, { one: '# monitor follows', other: '# monitors follow' });
  return (
    <>
      <p>
        <Trans>The policy goes, with {steps}. Incidents that are open keep it.</Trans>
      </p>
      <p>
        {followers === null ? null : followers === 0 ? (
          <Trans>No monitor follows it now.</Trans>
        ) : (
          <Trans>Now {monitors} it.</Trans>
        )}{' '}
        {policy.isDefault ? (
          <Trans>It is the default: without one, every channel hears of everything at once.</Trans>
        ) : (
          <Trans>Its monitors fall back to the policy of their tags, or to the default one.</Trans>
        )}
      </p>
    </>
  );
};

/** Deletes a policy; for a while it can be brought back, for the monitors that had it. */
export const DeletePolicy = ({ policy, following }: Props) => {
  const [asking, ask] = useDisclosure(false);
  const { mutateAsync: restore } = useRestorePolicy();
  const remove = useDeletePolicy(() => {
    ask.close();
    tellUndo(t`Deleted ${policy.name}.`, () => restore(policy.id));
  });
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t`Delete ${policy.name}`} onClick={ask.open}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
      <Confirm
        opened={asking}
        title={t`Delete ${policy.name}?`}
        action={t`Delete policy`}
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(policy.id)}
      >
        <Lost policy={policy} following={following} />
      </Confirm>
    </>
  );
};
