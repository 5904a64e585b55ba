import type { getIncident, ReplyOf } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Link } from '../../ui/link.tsx';
import styles from './incidents.module.css';

type Incident = ReplyOf<typeof getIncident>;

const ties = {
  parent: msg`the monitor depends on it`,
  host: msg`same host`,
  address: msg`same address`,
  certificate: msg`same certificate`,
  'name-server': msg`same name server`,
} as const satisfies Record<Exclude<Incident['attachedBecause'], null>, unknown>;

type PartProps = Readonly<{
  parentId: string;
  because: Exclude<Incident['attachedBecause'], null>;
  attachedTo: string | null;
}>;
const PartOf = ({ parentId, because, attachedTo }: PartProps) => (
  <p>
    <Trans>
      Part of{' '}
      <Link to="/incidents/$incidentId" params={{ incidentId: parentId }}>
        another incident
      </Link>
      : {i18n._(ties[because])}
      {attachedTo === null ? '' : ` (${attachedTo})`}.
    </Trans>
  </p>
);

const Child = ({ child }: { readonly child: Incident['children'][number] }) => (
  <>
    <Link to="/incidents/$incidentId" params={{ incidentId: child.id }}>
      {child.monitorName}
    </Link>{' '}
    ({child.status === 'open' ? <Trans>still down</Trans> : <Trans>up again</Trans>},{' '}
    {i18n._(ties[child.attachedBecause])})
  </>
);

/** What an incident is part of, and what is part of it; nothing when it stands by itself. */
export const Relations = ({ incident }: { readonly incident: Incident }) => {
  const { parentIncidentId, attachedBecause, attachedTo, children } = incident;
  if (parentIncidentId === null && children.length === 0) return null;
  return (
    <div className={styles.relations}>
      {parentIncidentId === null || attachedBecause === null ? null : (
        <PartOf parentId={parentIncidentId} because={attachedBecause} attachedTo={attachedTo} />
      )}
      {children.length === 0 ? null : (
        <p>
          <Trans>Part of this one:</Trans>{' '}
          {children.map((child, index) => (
            <span key={child.id}>
              {index === 0 ? '' : ', '}
              <Child child={child} />
            </span>
          ))}
        </p>
      )}
    </div>
  );
};
