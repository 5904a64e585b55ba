import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { useTop } from '../../ui/use-top.ts';
import { MonitorLine, type RowsProps } from './monitor-rows.tsx';
import styles from './monitors.module.css';

const rowHeight = 57;

/** The rows in sight of a list that is long, and room for the others. */
export const VirtualRows = ({ rows, ...line }: RowsProps) => {
  const ref = useRef<HTMLTableSectionElement>(null);
  const top = useTop(ref);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollMargin: top,
    getItemKey: (i) => rows[i]?.id ?? i,
  });
  const items = virtual.getVirtualItems();
  const before = (items[0]?.start ?? top) - top;
  const after = virtual.getTotalSize() - ((items.at(-1)?.end ?? top) - top);
  return (
    <tbody ref={ref}>
      {before > 0 ? <tr aria-hidden className={styles.gap} style={{ height: before }} /> : null}
      {items.flatMap(({ index }) => {
        const row = rows[index];
        return row === undefined
          ? []
          : [<MonitorLine key={row.id} row={row} index={index} ref={virtual.measureElement} {...line} />];
      })}
      {after > 0 ? <tr aria-hidden className={styles.gap} style={{ height: after }} /> : null}
    </tbody>
  );
};
