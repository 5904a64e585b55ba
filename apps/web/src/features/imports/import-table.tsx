import type { ImportItem } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { Code } from '../../ui/code.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import styles from './imports.module.css';

const State = ({ item }: { readonly item: ImportItem }) => {
  if (item.fault !== null)
    return (
      <StateBadge tone="bad">
        <Trans>Not possible</Trans>
      </StateBadge>
    );
  if (item.duplicate === 'stored')
    return (
      <StateBadge tone="none">
        <Trans>Watched already</Trans>
      </StateBadge>
    );
  if (item.duplicate === 'text')
    return (
      <StateBadge tone="none">
        <Trans>Twice in here</Trans>
      </StateBadge>
    );
  return (
    <StateBadge tone="good">
      <Trans>New</Trans>
    </StateBadge>
  );
};

type RowProps = Readonly<{ item: ImportItem; chosen: boolean; onChoose: () => void }>;

const Row = ({ item, chosen, onChoose }: RowProps) => {
  const { name, fault, notes, monitor, paused, at } = item;
  const remarks = [...(fault === null ? [] : [fault]), ...(paused ? [t`Made paused, as it was.`] : []), ...notes];
  const label = name === '' ? t`Entry ${at}` : name;
  return (
    <div className={styles.row}>
      <input
        type="checkbox"
        aria-label={t`Import ${label}`}
        checked={chosen}
        disabled={monitor === null}
        onChange={onChoose}
      />
      <span className={styles.state}>
        <State item={item} />
      </span>
      <span className={styles.what}>
        <b>{label}</b>
        {monitor === null ? null : (
          <Code cut title={monitor.url}>
            {monitor.url}
          </Code>
        )}
        {remarks.length === 0 ? null : <span className={styles.remark}>{remarks.join(' ')}</span>}
      </span>
    </div>
  );
};

const virtualFrom = 60;

type Props = Readonly<{
  items: readonly ImportItem[];
  chosen: ReadonlySet<number>;
  onChosen: (chosen: ReadonlySet<number>) => void;
}>;

type ToggleProps = Omit<Props, 'onChosen'> & Readonly<{ onToggle: (index: number) => void }>;

/** Only those in sight are in the document. */
const Many = ({ items, chosen, onToggle }: ToggleProps) => {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    overscan: 10,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by its keys
    <section ref={scroller} className={styles.scroller} aria-label={t`What would be made`} tabIndex={0}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start, key }) => {
          const item = items[index];
          return item === undefined ? null : (
            <div
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              className={styles.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Row item={item} chosen={chosen.has(index)} onChoose={() => onToggle(index)} />
            </div>
          );
        })}
      </div>
    </section>
  );
};

/** Every entry of the text, in its order, with what it would become. */
export const ImportTable = ({ items, chosen, onChosen }: Props) => {
  const toggle = (index: number): void => {
    const next = new Set(chosen);
    if (!next.delete(index)) next.add(index);
    onChosen(next);
  };
  if (items.length > virtualFrom) return <Many items={items} chosen={chosen} onToggle={toggle} />;
  return (
    <section className={styles.list} aria-label={t`What would be made`}>
      {items.map((item, index) => (
        <Row key={index} item={item} chosen={chosen.has(index)} onChoose={() => toggle(index)} />
      ))}
    </section>
  );
};
