import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { MonitorLine, type RowsProps } from './monitor-rows.tsx';
import styles from './monitors.module.css';

const rowHeight = 57;

/** How far down the page the rows begin. */
const useTop = () => {
  const ref = useRef<HTMLTableSectionElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const { top: inWindow } = ref.current?.getBoundingClientRect() ?? { top: 0 };
    setTop(inWindow + globalThis.scrollY);
  }, []);
  return { ref, top };
};

/** The rows in sight of a list that is long, and room for the others. */
export const VirtualRows = ({ rows, ...line }: RowsProps) => {
  const { ref, top } = useTop();
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
