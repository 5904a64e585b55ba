import type { DiagnosisView } from '@farwatch/contracts';
import { IconAlertTriangle, IconCheck, IconPencil, IconQuestionMark } from '@tabler/icons-react';
import styles from './diagnosis.module.css';

type Stop = Readonly<{ role: 'client' | 'edge' | 'gateway' | 'link' | 'origin'; names: readonly string[] }>;

/** The way of a request, with the hops that showed themselves. */
const stopsOf = ({ chain, broke, wroteBy }: DiagnosisView): readonly Stop[] => {
  const named = (role: 'edge' | 'gateway' | 'origin'): readonly string[] =>
    chain.filter((hop) => hop.role === role).map(({ name }) => name);
  const all: readonly Stop[] = [
    { role: 'client', names: [] },
    { role: 'edge', names: named('edge') },
    { role: 'gateway', names: named('gateway') },
    { role: 'link', names: [] },
    { role: 'origin', names: named('origin') },
  ];
  const isShown = ({ role, names }: Stop): boolean =>
    role === 'client' || role === 'origin' || names.length > 0 || role === broke.hop || role === wroteBy.hop;
  return all.filter(isShown);
};

const roleNames = { client: 'Visitor', edge: 'Edge', gateway: 'Gateway', link: 'Link', origin: 'Origin' } as const;

const State = ({
  isBroken,
  wrote,
  isOpen,
}: {
  readonly isBroken: boolean;
  readonly wrote: boolean;
  readonly isOpen: boolean;
}) => {
  if (isBroken)
    return (
      <span className={styles.mark} data-state="broken">
        {isOpen ? <IconQuestionMark size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
        {isOpen ? 'probably broke' : 'broke'}
      </span>
    );
  return wrote ? (
    <span className={styles.mark}>
      <IconPencil size={14} aria-hidden />
      wrote the answer
    </span>
  ) : (
    <span className={styles.mark} data-state="quiet">
      <IconCheck size={14} aria-hidden />
      on the way
    </span>
  );
};

const Names = ({ text }: { readonly text: string }) =>
  text === '' || text === 'unknown' ? null : <span className={styles.names}>{text}</span>;

/** Visitor → edge → gateway → origin, and who of them broke. */
export const Way = ({ diagnosis }: { readonly diagnosis: DiagnosisView }) => {
  const { broke, wroteBy, certainty } = diagnosis;
  return (
    <ol className={styles.way} aria-label="The way of a request, and who broke">
      {stopsOf(diagnosis).map(({ role, names }) => (
        <li key={role} className={styles.stop} data-broken={role === broke.hop || undefined}>
          <span className={styles.role}>{roleNames[role]}</span>
          <Names text={names.join(', ') || (role === wroteBy.hop ? wroteBy.name : '')} />
          <State isBroken={role === broke.hop} wrote={role === wroteBy.hop} isOpen={certainty === 'open'} />
        </li>
      ))}
    </ol>
  );
};
