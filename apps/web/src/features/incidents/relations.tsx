import type { getIncident, ReplyOf } from '@farwatch/contracts';
import { Link } from '../../ui/link.tsx';
import styles from './incidents.module.css';

type Incident = ReplyOf<typeof getIncident>;

const ties = {
  parent: 'the monitor depends on it',
  host: 'same host',
  address: 'same address',
  certificate: 'same certificate',
  'name-server': 'same name server',
} as const satisfies Record<Exclude<Incident['attachedBecause'], null>, string>;

/** What an incident is part of, and what is part of it; nothing when it stands by itself. */
export const Relations = ({ incident }: { readonly incident: Incident }) => {
  const { parentIncidentId, attachedBecause, attachedTo, children } = incident;
  if (parentIncidentId === null && children.length === 0) return null;
  return (
    <div className={styles.relations}>
      {parentIncidentId === null || attachedBecause === null ? null : (
        <p>
          Part of{' '}
          <Link to="/incidents/$incidentId" params={{ incidentId: parentIncidentId }}>
            another incident
          </Link>
          : {ties[attachedBecause]}
          {attachedTo === null ? '' : ` (${attachedTo})`}.
        </p>
      )}
      {children.length === 0 ? null : (
        <p>
          Part of this one:{' '}
          {children.map((child, index) => (
            <span key={child.id}>
              {index === 0 ? '' : ', '}
              <Link to="/incidents/$incidentId" params={{ incidentId: child.id }}>
                {child.monitorName}
              </Link>{' '}
              ({child.status === 'open' ? 'still down' : 'up again'}, {ties[child.attachedBecause]})
            </span>
          ))}
        </p>
      )}
    </div>
  );
};
