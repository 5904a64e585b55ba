import type { DiagnosisView } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { IconAlertTriangle, IconPencil, IconPoint, IconQuestionMark } from '@tabler/icons-react';
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

const roleNames = {
  client: msg`Visitor`,
  edge: msg`Edge`,
  gateway: msg`Gateway`,
  link: msg`Link`,
  origin: msg`Origin`,
} as const;

type StateProps = Readonly<{ isBroken: boolean; wrote: boolean; certainty: DiagnosisView['certainty'] }>;

const State = ({ isBroken, wrote, certainty }: StateProps) => {
  if (isBroken)
    return (
      <span className={styles.mark} data-state="broken">
        {certainty === 'open' ? (
          <IconQuestionMark size={14} aria-hidden />
        ) : (
          <IconAlertTriangle size={14} aria-hidden />
        )}
        {certainty === 'open' ? <Trans>probably broke</Trans> : <Trans>broke</Trans>}
      </span>
    );
  return wrote ? (
    <span className={styles.mark}>
      <IconPencil size={14} aria-hidden />
      <Trans>wrote the answer</Trans>
    </span>
  ) : (
    <span className={styles.mark} data-state="quiet">
      <IconPoint size={14} aria-hidden />
      <Trans>on the way</Trans>
    </span>
  );
};

const Names = ({ text }: { readonly text: string }) =>
  text === '' || text === 'unknown' ? null : <span className={styles.names}>{text}</span>;

/** Visitor → edge → gateway → origin, and who of them broke. */
export const Way = ({ diagnosis }: { readonly diagnosis: DiagnosisView }) => {
  const { broke, wroteBy, certainty } = diagnosis;
  return (
    <>
      <ol className={styles.way} aria-label={t`The way of a request, and who broke`}>
        {stopsOf(diagnosis).map(({ role, names }) => (
          <li key={role} className={styles.stop} data-broken={role === broke.hop || undefined}>
            <span className={styles.role}>{i18n._(roleNames[role])}</span>
            <Names text={names.join(', ') || (role === wroteBy.hop ? wroteBy.name : '')} />
            <State isBroken={role === broke.hop} wrote={role === wroteBy.hop} certainty={certainty} />
          </li>
        ))}
      </ol>
      {broke.hop === 'unknown' ? (
        <p className={styles.aside}>
          <Trans>Who of them broke does not show from outside.</Trans>
        </p>
      ) : null}
    </>
  );
};
