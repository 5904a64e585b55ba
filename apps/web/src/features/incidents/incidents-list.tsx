import type { IncidentView } from '@farwatch/contracts';
import { explain, failureCode } from '@farwatch/domain';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Checkbox } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Code } from '../../ui/code.tsx';
import { Duration, Since } from '../../ui/duration.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Link } from '../../ui/link.tsx';
import { Problem } from '../../ui/problem.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';
import table from '../../ui/table.module.css';
import { BulkBar } from './bulk-bar.tsx';
import { IncidentBadge } from './incident-badge.tsx';
import styles from './incidents.module.css';
import { More } from './more.tsx';
import { type IncidentFilter, incidentsQuery } from './queries.ts';

type Pick = Readonly<{ chosen: ReadonlySet<string>; toggle: (id: string) => void }>;
type RowProps = Readonly<{ incident: IncidentView; named: boolean; pick: Pick | null }>;

/** Who could be taken on by pressing once: it is open, and nobody has it. */
const isFree = ({ status, acknowledgedBy }: IncidentView): boolean => status === 'open' && acknowledgedBy === null;

const Holder = ({ incident: { acknowledgedBy, status } }: { readonly incident: IncidentView }) => {
  if (acknowledgedBy !== null) return acknowledgedBy.name;
  return <span className={styles.nobody}>{status === 'open' ? <Trans>nobody yet</Trans> : '–'}</span>;
};

const Name = ({ incident, named }: Omit<RowProps, 'pick'>) => (
  <>
    <Link className={styles.rowLink} underline="never" to="/incidents/$incidentId" params={{ incidentId: incident.id }}>
      {named ? incident.monitorName : explain(incident.cause)}
    </Link>
    <span className={styles.summary}>
      {named ? `${explain(incident.cause)}, ` : ''}
      <Trans>seen from {incident.regions.join(', ')}</Trans>
    </span>
  </>
);

const Row = ({ incident, named, pick }: RowProps) => {
  const { id, monitorName } = incident;
  return (
    <tr className={styles.row} data-chosen={pick?.chosen.has(id) || undefined}>
      {pick === null ? null : (
        <td className={styles.pick}>
          {isFree(incident) ? (
            <Checkbox
              aria-label={t`Choose ${monitorName}`}
              checked={pick.chosen.has(id)}
              onChange={() => pick.toggle(id)}
            />
          ) : null}
        </td>
      )}
      <td className={table.fixed}>
        <IncidentBadge incident={incident} />
      </td>
      <td className={table.grow}>
        <Name incident={incident} named={named} />
      </td>
      <td className={table.fixed} data-label={t`Code`}>
        <Code>{failureCode(incident.cause)}</Code>
      </td>
      <td className={table.fixed} data-label={t`Started`}>
        <Instant at={incident.startedAt} />
      </td>
      <td className={table.number} data-label={t`For`}>
        {incident.durationMs === null ? <Since at={incident.startedAt} /> : <Duration ms={incident.durationMs} />}
      </td>
      {named ? (
        <td className={styles.holder} data-label={t`Taken by`}>
          <Holder incident={incident} />
        </td>
      ) : null}
    </tr>
  );
};

type TableProps = Readonly<{ incidents: readonly IncidentView[]; named: boolean; pick: Pick | null }>;
const IncidentTable = ({ incidents, named, pick }: TableProps) => {
  const [length, chooseHead] = [t`For`, t`Choose`];
  const heads = [t`State`, named ? t`Monitor` : t`What`, t`Code`, t`Started`, length, ...(named ? [t`Taken by`] : [])];
  return (
    <table className={table.table} aria-label={t`Incidents`}>
      <thead>
        <tr>
          {pick === null ? null : (
            <th scope="col" className={styles.pick}>
              <span className={styles.hidden}>{chooseHead}</span>
            </th>
          )}
          {heads.map((head) => (
            <th key={head} scope="col" className={head === length ? table.number : undefined}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {incidents.map((incident) => (
          <Row key={incident.id} incident={incident} named={named} pick={pick} />
        ))}
      </tbody>
    </table>
  );
};

const toggled = (set: ReadonlySet<string>, id: string): ReadonlySet<string> => {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
};

/** With boxes to tick while anything can be taken on. */
const Listed = ({ incidents, named }: Omit<TableProps, 'pick'>) => {
  const [ticked, tick] = useState<ReadonlySet<string>>(new Set());
  const free = incidents.filter(isFree).map(({ id }) => id);
  const chosen = new Set(free.filter((id) => ticked.has(id)));
  const pick = named && free.length > 0 ? { chosen, toggle: (id: string) => tick(toggled(chosen, id)) } : null;
  return (
    <>
      {pick === null ? null : <BulkBar free={free} chosen={[...chosen]} onChoose={(ids) => tick(new Set(ids))} />}
      <IncidentTable incidents={incidents} named={named} pick={pick} />
    </>
  );
};

type Props = Readonly<{ filter: IncidentFilter; named?: boolean; none?: ReactNode }>;

/** Incidents, newest first; of one monitor, or of all with their names. `none`: what to say where a filter fits none. */
export const IncidentsList = ({ filter, named = filter.monitorId === undefined, none }: Props) => {
  const query = useInfiniteQuery(incidentsQuery(filter));
  if (query.status === 'pending') return <Skeletons rows={named ? 6 : 2} height={56} label={t`Loading incidents`} />;
  if (query.status === 'error')
    return (
      <Problem title={t`Incidents could not be loaded`} error={query.error} onRetry={() => void query.refetch()} />
    );
  const incidents = query.data.pages.flatMap(({ items }) => items);
  if (incidents.length === 0)
    return (
      none ?? (
        <EmptyState small={!named} title={filter.status === 'open' ? t`Nothing is down` : t`No incident yet`}>
          <Trans>
            When enough looks fail, an incident is written down here with its exact start, its codes and its clear.
          </Trans>
        </EmptyState>
      )
    );
  return (
    <>
      <Listed incidents={incidents} named={named} />
      <More query={query}>
        <Trans>Load older</Trans>
      </More>
    </>
  );
};
