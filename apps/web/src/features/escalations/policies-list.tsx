import type { PolicyView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Badge, Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '../../ui/empty-state.tsx';
import card from '../../ui/page.module.css';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import { Applies } from './applies.tsx';
import { DeletePolicy } from './delete-policy.tsx';
import styles from './escalations.module.css';
import { type Following, followingOf } from './followers.ts';
import { Ladder } from './ladder.tsx';
import { policiesQuery } from './queries.ts';
import type { PolicySlots, Reachable } from './slots.ts';

type Edit = Readonly<{
  onEdit: (policyId: string) => void;
  /** Whose editor was left last: one goes on from there. */
  left?: string | undefined;
}>;
type CardProps = Edit & Readonly<{ policy: PolicyView; following: Following | null; reachable: Reachable }>;

const Acts = ({ policy, following, left, onEdit }: Omit<CardProps, 'reachable'>) => (
  <div className={styles.acts}>
    <Button
      variant="default"
      size="sm"
      autoFocus={left?.endsWith(policy.id) === true}
      aria-label={t`Edit ${policy.name}`}
      onClick={() => onEdit(policy.id)}
    >
      <Trans>Edit</Trans>
    </Button>
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={t`Duplicate ${policy.name}`}
      onClick={() => onEdit(`copy-${policy.id}`)}
    >
      <IconCopy size={17} aria-hidden />
    </ActionIcon>
    <DeletePolicy policy={policy} following={following} />
  </div>
);

const PolicyCard = ({ policy, following, reachable, left, onEdit }: CardProps) => (
  <li className={`${card.card} ${styles.policy}`}>
    <header className={styles.head}>
      <h2 className={styles.name}>
        {policy.name}
        {policy.isDefault ? (
          <Badge variant="light" size="sm" tt="none">
            <Trans>default</Trans>
          </Badge>
        ) : null}
      </h2>
      <Acts policy={policy} following={following} left={left} onEdit={onEdit} />
    </header>
    <div className={styles.columns}>
      <Ladder policy={policy} reachable={reachable} />
      <section className={styles.aside} aria-label={t`Monitors of ${policy.name}`}>
        <h3 className={styles.asideTitle}>
          <Trans>For these monitors</Trans>
        </h3>
        <Applies policy={policy} following={following} />
      </section>
    </div>
  </li>
);

/** Every policy, drawn as the steps it goes through. */
export const PoliciesList = ({ reachable, monitors, left, onEdit }: Edit & Omit<PolicySlots, 'preview'>) => {
  const query = useQuery(policiesQuery);
  if (query.status === 'error')
    return (
      <Problem title={t`The policies could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  if (query.status === 'pending' || reachable.state === 'pending')
    return <Skeletons rows={2} height={280} label={t`Loading the policies`} />;
  if (query.data.length === 0)
    return (
      <div className={card.card}>
        <EmptyState
          title={t`Every channel hears of everything at once`}
          action={
            <Button onClick={() => onEdit('new')}>
              <Trans>Make a policy</Trans>
            </Button>
          }
        >
          <Trans>A policy says who hears first, who is woken when nobody answers, and how often.</Trans>
        </EmptyState>
      </div>
    );
  const following = monitors === null ? null : followingOf(query.data, monitors);
  return (
    <ul className={styles.list}>
      {query.data.map((policy) => (
        <PolicyCard
          key={policy.id}
          policy={policy}
          following={following?.get(policy.id) ?? null}
          reachable={reachable}
          left={left}
          onEdit={onEdit}
        />
      ))}
    </ul>
  );
};
