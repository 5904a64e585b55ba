import type { MonitorSummary, MonitorView } from '@farwatch/contracts';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { ReactNode } from 'react';
import { Code } from '../../ui/code.tsx';
import { millisText, Since } from '../../ui/duration.tsx';
import { inOrder } from '../../ui/in-order.ts';
import { Link } from '../../ui/link.tsx';
import table from '../../ui/table.module.css';
import { DayBar } from './day-bar.tsx';
import { LastCode, LastTime } from './last-answer.tsx';
import styles from './monitors.module.css';
import { SparkLine } from './spark-line.tsx';
import { MonitorBadge, statusOrder } from './status.tsx';
import summary from './summary.module.css';

/** `day`: null while it is on its way. */
export type MonitorRow = Readonly<{ monitor: MonitorView; day: MonitorSummary | null }>;
type Column = Readonly<{
  header: MessageDescriptor;
  /** On a phone, where a cell carries its own heading. */
  label?: MessageDescriptor;
  look: string | undefined;
  cell: (row: MonitorRow) => ReactNode;
  /** Small first. */
  compare: (a: MonitorRow, b: MonitorRow) => number;
}>;

const byName = (a: MonitorRow, b: MonitorRow): number => inOrder(a.monitor.name, b.monitor.name);
const byNumber =
  (of: (row: MonitorRow) => number) =>
  (a: MonitorRow, b: MonitorRow): number =>
    of(a) - of(b) || byName(a, b);
const place = ({ monitor }: MonitorRow): number => statusOrder.indexOf(monitor.status);

const shownTags = 2;
/** A few, and how many more there are. */
const Tags = ({ tags }: { readonly tags: readonly string[] }) => (
  <span className={styles.tags} title={tags.join(', ')}>
    {tags.slice(0, shownTags).map((tag) => (
      <span key={tag} className={styles.tag}>
        {tag}
      </span>
    ))}
    {tags.length > shownTags ? <span className={styles.soft}>+{tags.length - shownTags}</span> : null}
  </span>
);

const Name = ({ monitor }: Pick<MonitorRow, 'monitor'>) => (
  <>
    <Link className={styles.rowLink} underline="never" to="/monitors/$monitorId" params={{ monitorId: monitor.id }}>
      {monitor.name}
    </Link>
    <span className={styles.rowUrl}>
      <Code cut title={monitor.url}>
        {monitor.url}
      </Code>
    </span>
  </>
);

/** As the monitor's own page says it; never rounded up to all of it. */
const ratioText = (ratio: number): string =>
  ratio === 1 ? '100 %' : `${(Math.min(ratio, 0.9999) * 100).toFixed(2)} %`;

const Day = ({ day }: Pick<MonitorRow, 'day'>) => (
  <span className={summary.day}>
    {day === null ? <span className={summary.waiting} /> : <DayBar summary={day} />}
    <span className={summary.ratio}>
      {day === null || day.uptime === null ? <span className={styles.soft}>–</span> : ratioText(day.uptime)}
    </span>
  </span>
);

const Response = ({ monitor, day }: MonitorRow) => (
  <span className={summary.response}>
    {day === null ? <span className={summary.waiting} data-narrow /> : <SparkLine times={day.times} />}
    <LastTime result={monitor.lastResult} />
  </span>
);

const P95 = ({ day }: Pick<MonitorRow, 'day'>) =>
  day === null || day.p95Ms === null ? <span className={styles.soft}>–</span> : <span>{millisText(day.p95Ms)}</span>;

/** Every column there is, in its order. */
export const monitorColumns = {
  status: {
    header: msg`State`,
    look: table.fixed,
    cell: ({ monitor }) => <MonitorBadge status={monitor.status} />,
    compare: (a, b) => place(a) - place(b) || byName(a, b),
  },
  name: { header: msg`Monitor`, look: styles.nameColumn, cell: (row) => <Name {...row} />, compare: byName },
  day: {
    header: msg`24 hours`,
    label: msg`24 h`,
    look: table.fixed,
    cell: (row) => <Day {...row} />,
    compare: byNumber(({ day }) => day?.uptime ?? 2),
  },
  code: {
    header: msg`Last code`,
    label: msg`Code`,
    look: table.fixed,
    cell: ({ monitor }) => <LastCode result={monitor.lastResult} />,
    compare: byNumber(({ monitor }) => monitor.lastResult?.status ?? 0),
  },
  time: {
    header: msg`Response time`,
    label: msg`Time`,
    look: table.number,
    cell: (row) => <Response {...row} />,
    compare: byNumber(({ monitor }) => monitor.lastResult?.totalMs ?? -1),
  },
  p95: {
    header: msg`p95`,
    label: msg`p95`,
    look: table.number,
    cell: (row) => <P95 {...row} />,
    compare: byNumber(({ day }) => day?.p95Ms ?? -1),
  },
  since: {
    header: msg`For`,
    label: msg`For`,
    look: table.number,
    cell: ({ monitor }) => <Since at={monitor.statusSince} />,
    compare: byNumber(({ monitor }) => -Date.parse(monitor.statusSince)),
  },
  tags: {
    header: msg`Tags`,
    look: styles.tagColumn,
    cell: ({ monitor }) => (monitor.tags.length === 0 ? null : <Tags tags={monitor.tags} />),
    compare: (a, b) => a.monitor.tags.join().localeCompare(b.monitor.tags.join()) || byName(a, b),
  },
} as const satisfies Record<string, Column>;

export type ColumnId = keyof typeof monitorColumns;
export const columnIds = Object.keys(monitorColumns) as ColumnId[]; // of an object written here
/** Those that can be left out; the others say which monitor it is and how it does. */
export const optionalColumns: readonly ColumnId[] = columnIds.filter((id) => id !== 'status' && id !== 'name');
export const columnOf = (id: ColumnId): Column => monitorColumns[id];
