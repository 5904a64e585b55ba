import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { AlertPreview } from '../features/alert-preview/alert-preview.tsx';
import { kindChoices, kindIcon, kindWord } from '../features/channels/kinds.ts';
import { channelsQuery } from '../features/channels/queries.ts';
import { PoliciesList } from '../features/escalations/policies-list.tsx';
import type { Reachable } from '../features/escalations/slots.ts';
import { membersQuery, usePeople } from '../features/members/queries.ts';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { schedulesQuery } from '../features/on-call/queries.ts';
import { Skeletons } from '../ui/skeletons.tsx';
import styles from './pages.module.css';

/** Its form comes when somebody opens one. */
const PolicyEditor = lazy(async () => ({
  default: (await import('../features/escalations/policy-editor.tsx')).PolicyEditor,
}));

const useReachable = (): Reachable => {
  const [channels, schedules, members] = [useQuery(channelsQuery), useQuery(schedulesQuery), useQuery(membersQuery)];
  const people = usePeople();
  const all = [channels, schedules, members];
  return {
    state: all.some(({ isPending }) => isPending)
      ? 'pending'
      : all.every(({ data }) => data !== undefined)
        ? 'known'
        : 'unknown',
    channels: (channels.data ?? []).map(({ id, name, kind, accountId }) => ({
      value: id,
      label: name.toLowerCase().startsWith(kindWord(kind).toLowerCase()) ? name : `${kindWord(kind)} ${name}`,
      kind,
      ownerId: accountId,
    })),
    people,
    schedules: (schedules.data ?? []).map(({ id, name, onCall }) => ({ value: id, label: name, onCall })),
    kinds: (Object.keys(kindIcon) as (keyof typeof kindIcon)[]).map((kind) => ({
      value: kind,
      label: kindChoices().find(({ value }) => value === kind)?.label ?? kind,
      icon: kindIcon[kind],
    })), // kindIcon has a key for every kind, and no other
  };
};

type Props = Readonly<{ edit: string | undefined; onEdit: (policyId: string | undefined) => void }>;

/** Who hears when: every policy drawn as its steps, or one of them being written. */
export const AlertingEscalation = ({ edit, onEdit }: Props) => {
  const reachable = useReachable();
  const monitors = useQuery(monitorsQuery).data ?? null;
  const [left, setLeft] = useState<string>();
  const done = (): void => {
    setLeft(edit);
    onEdit(undefined);
  };
  return edit === undefined ? (
    <PoliciesList reachable={reachable} monitors={monitors} left={left} onEdit={onEdit} />
  ) : (
    <div className={styles.panel}>
      <Suspense fallback={<Skeletons rows={5} height={120} label={t`Loading the policy`} />}>
        <PolicyEditor
          key={edit}
          policyId={edit}
          reachable={reachable}
          preview={(change) => <AlertPreview change={change} />}
          onDone={done}
        />
      </Suspense>
    </div>
  );
};
