import { useQuery } from '@tanstack/react-query';
import { kindChoices, kindWord } from '../features/channels/kinds.ts';
import { channelsQuery } from '../features/channels/queries.ts';
import { PoliciesList } from '../features/escalations/policies-list.tsx';
import { PolicyEditor } from '../features/escalations/policy-editor.tsx';
import type { Reachable } from '../features/escalations/slots.ts';
import { usePeople } from '../features/members/queries.ts';
import { useScheduleChoices } from '../features/on-call/queries.ts';
import card from '../ui/page.module.css';
import styles from './pages.module.css';

const useReachable = (): Reachable => ({
  channels: (useQuery(channelsQuery).data ?? []).map(({ id, name, kind }) => ({
    value: id,
    label: name.toLowerCase().startsWith(kindWord(kind).toLowerCase()) ? name : `${kindWord(kind)} ${name}`,
  })),
  people: usePeople(),
  schedules: useScheduleChoices(),
  kinds: kindChoices(),
});

type Props = Readonly<{ edit: string | undefined; onEdit: (policyId: string | undefined) => void }>;

export const AlertingEscalation = ({ edit, onEdit }: Props) => {
  const reachable = useReachable();
  return edit === undefined ? (
    <div className={card.card}>
      <PoliciesList reachable={reachable} onEdit={onEdit} />
    </div>
  ) : (
    <div className={styles.panel}>
      <PolicyEditor key={edit} policyId={edit} reachable={reachable} onDone={() => onEdit(undefined)} />
    </div>
  );
};
