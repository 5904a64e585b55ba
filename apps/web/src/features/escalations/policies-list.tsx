import type { PolicyView } from '@farwatch/contracts';
import { ActionIcon, Badge, Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import styles from './escalations.module.css';
import { policySentences } from './policy-sentence.ts';
import { policiesQuery, useDeletePolicy } from './queries.ts';
import type { Reachable } from './slots.ts';

type RowProps = Readonly<{ policy: PolicyView; reachable: Reachable; onEdit: (policyId: string) => void }>;

const Delete = ({ policy }: { readonly policy: PolicyView }) => {
  const [asking, ask] = useDisclosure(false);
  const remove = useDeletePolicy();
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Delete ${policy.name}`} onClick={ask.open}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
      <Confirm
        opened={asking}
        title={`Delete ${policy.name}?`}
        action="Delete policy"
        busy={remove.isPending}
        error={remove.error}
        onClose={ask.close}
        onConfirm={() => remove.mutate(policy.id, { onSuccess: ask.close })}
      >
        Its monitors fall back to the policy of their tags, or to the default one. Incidents that are open keep it.
      </Confirm>
    </>
  );
};

const Row = ({ policy, reachable, onEdit }: RowProps) => (
  <li className={styles.policy}>
    <div className={styles.text}>
      <span className={styles.name}>
        {policy.name}
        {policy.isDefault ? (
          <Badge variant="light" size="sm" tt="none">
            default
          </Badge>
        ) : null}
        {policy.tags.map((tag) => (
          <Badge key={tag} variant="default" size="sm" tt="none">
            {tag}
          </Badge>
        ))}
      </span>
      <p className={styles.told}>{policySentences(policy, reachable).join(' ')}</p>
    </div>
    <div className={styles.acts}>
      <Button variant="default" size="sm" aria-label={`Edit ${policy.name}`} onClick={() => onEdit(policy.id)}>
        Edit
      </Button>
      <Delete policy={policy} />
    </div>
  </li>
);

type Props = Readonly<{ reachable: Reachable; onEdit: (policyId: string) => void }>;

/** Every policy, as what it will do. */
export const PoliciesList = ({ reachable, onEdit }: Props) => {
  const query = useQuery(policiesQuery);
  switch (query.status) {
    case 'pending':
      return <Skeletons rows={2} height={84} label="Loading the policies" />;
    case 'error':
      return (
        <Problem title="The policies could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
      );
    case 'success':
      return query.data.length === 0 ? (
        <EmptyState
          title="Every channel hears of everything at once"
          action={<Button onClick={() => onEdit('new')}>Make a policy</Button>}
        >
          A policy says who hears first, who is woken when nobody answers, and how often.
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {query.data.map((policy) => (
            <Row key={policy.id} policy={policy} reachable={reachable} onEdit={onEdit} />
          ))}
        </ul>
      );
  }
};
