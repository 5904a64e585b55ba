import type { DeliveryView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { Code } from '../../ui/code.tsx';
import { Instant } from '../../ui/instant.tsx';
import styles from './deliveries.module.css';
import { DeliveryDetails } from './delivery-details.tsx';
import { DeliveryBadge, eventWord } from './delivery-words.tsx';
import { deliveryQuery } from './queries.ts';
import { SendAgain } from './send-again.tsx';

/** In a glance: how it was told, or why not. */
const briefly = ({ attempts, bundledWith, status, reason }: DeliveryView): string => {
  if (bundledWith !== null) return t`told together`;
  if (attempts.length === 0 && status === 'dropped' && reason !== null) return reason;
  if (attempts.length === 0 && status === 'pending' && reason !== null) return t`waits`;
  return plural(attempts.length, { one: '# attempt', other: '# attempts' });
};

type Props = Readonly<{
  delivery: DeliveryView;
  linked: boolean;
  kinds: readonly Choice[];
  onSent: (deliveryId: string) => void;
  /** It was just sent again: its answer is waited for. */
  awaited?: boolean;
}>;

/** One delivery: what, to whom, what came of it; opens to its attempts. */
export const DeliveryRow = ({ delivery, linked, kinds, onSent, awaited = false }: Props) => {
  const [open, setOpen] = useState(false);
  const id = `attempts-${delivery.id}`;
  // A log of a thousand lines that went well is read by those that did not; an incident’s few are told in full.
  const answer = awaited || !linked || delivery.status !== 'delivered' ? delivery.attempts.at(-1)?.answer : undefined;
  const again = <SendAgain delivery={delivery} onSent={onSent} />;
  return (
    <li className={styles.item}>
      <button
        type="button"
        className={styles.row}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={15} aria-hidden className={styles.chevron} data-open={open || undefined} />
        <span className={styles.badge}>
          <DeliveryBadge status={delivery.status} quiet />
        </span>
        <span className={styles.what}>{eventWord(delivery.event)}</span>
        <span className={styles.who}>
          {delivery.channelName}
          <span className={styles.kind}>{labelOf(kinds, delivery.kind, delivery.kind)}</span>
        </span>
        <span className={styles.count}>{briefly(delivery)}</span>
        <span className={styles.when}>
          <Instant at={delivery.createdAt} />
        </span>
      </button>
      {answer === undefined || open ? null : (
        <div className={styles.answer}>
          <Code cut title={answer}>
            {answer}
          </Code>
          {delivery.status === 'failed' ? again : null}
        </div>
      )}
      <div id={id}>{open ? <DeliveryDetails delivery={delivery} linked={linked} again={again} /> : null}</div>
    </li>
  );
};

/** What was sent again and does not fit the filter any more: it stays in sight until its answer is there. */
export const SentAgainRow = ({ deliveryId, ...rest }: Omit<Props, 'delivery'> & { readonly deliveryId: string }) => {
  const { data } = useQuery(deliveryQuery(deliveryId));
  return data === undefined ? null : <DeliveryRow delivery={data} awaited {...rest} />;
};
