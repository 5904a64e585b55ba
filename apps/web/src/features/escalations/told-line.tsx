import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import {
  IconAlertTriangle,
  IconBellOff,
  IconCalendarUser,
  IconSpeakerphone,
  IconUser,
  IconUserCheck,
} from '@tabler/icons-react';
import styles from './ladder.module.css';
import type { Reachable } from './slots.ts';
import { type Target, type Told, toldOf } from './target-words.ts';

const icons = {
  everyone: IconSpeakerphone,
  account: IconUser,
  schedule: IconCalendarUser,
  channel: IconBellOff,
} as const;

const TargetIcon = ({ target, reachable }: { target: Target; reachable: Reachable }) => {
  const kind = target.kind === 'channel' && reachable.channels.find(({ value }) => value === target.channelId)?.kind;
  const Icon = reachable.kinds.find(({ value }) => value === kind)?.icon ?? icons[target.kind];
  return (
    <span className={styles.icon} aria-hidden>
      <Icon size={17} />
    </span>
  );
};

/** While it is `written` the kinds stand in a field already; only what "all" comes to is news. */
const By = ({ told: { by, all }, written }: { told: Told; written: boolean }) =>
  (written ? !all || by.length === 0 : !all && by.length === 0) ? null : (
    <span className={styles.by}>
      {all ? written ? <Trans>that is, by</Trans> : <Trans>by all their channels</Trans> : <Trans>by</Trans>}
      {by.map(({ value, label, icon: Icon }) => (
        <span key={value} className={styles.kind}>
          <Icon size={14} aria-hidden />
          {label}
        </span>
      ))}
    </span>
  );

type NoteProps = Readonly<{ target: Target; reachable: Reachable; written?: boolean }>;
/** Who that is now, by what they hear, and why they would not. */
export const ToldNote = ({ target, reachable, written = false }: NoteProps) => {
  const told = toldOf(target, reachable);
  return (
    <>
      {told.now === null ? null : (
        <span className={styles.now}>
          <IconUserCheck size={15} aria-hidden />
          {t`now ${told.now}`}
        </span>
      )}
      <By told={told} written={written} />
      {told.warning === null ? null : (
        <span className={styles.warning}>
          <IconAlertTriangle size={15} aria-hidden />
          {told.warning}
        </span>
      )}
    </>
  );
};

/** One of those whom a step tells. */
export const ToldLine = ({ target, reachable }: { target: Target; reachable: Reachable }) => (
  <li className={styles.told}>
    <TargetIcon target={target} reachable={reachable} />
    <span className={styles.toldText}>
      <b className={styles.name}>{toldOf(target, reachable).name}</b>
      <ToldNote target={target} reachable={reachable} />
    </span>
  </li>
);
