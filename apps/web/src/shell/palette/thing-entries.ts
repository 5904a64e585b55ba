import type { IncidentView, MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { IconActivity, IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useZone } from '../../ui/zone.ts';
import { openedText } from '../notification-text.ts';
import type { Entry } from './entry.ts';

/** Every monitor, by name and URL. */
export const useMonitorEntries = (monitors: readonly MonitorView[]): readonly Entry[] => {
  const navigate = useNavigate();
  return useMemo(
    () =>
      monitors.map(({ id: monitorId, name, url, tags }) => ({
        ...{ id: `monitor ${monitorId}`, group: 'monitors', label: name, note: url, also: tags.join(' ') },
        icon: IconActivity,
        run: () => void navigate({ to: '/monitors/$monitorId', params: { monitorId } }),
      })),
    [monitors, navigate],
  );
};

/** What is down now. */
export const useIncidentEntries = (incidents: readonly IncidentView[]): readonly Entry[] => {
  const navigate = useNavigate();
  const zone = useZone();
  return incidents.map(({ id: incidentId, monitorName, ...incident }) => ({
    ...{ id: `incident ${incidentId}`, group: 'incidents', label: t`${monitorName} is down` },
    ...{ icon: IconAlertTriangle, also: 'incident open', note: openedText(incident, zone) },
    run: () => void navigate({ to: '/incidents/$incidentId', params: { incidentId } }),
  }));
};
