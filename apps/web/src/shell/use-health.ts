import { plural, t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { monitorsQuery } from '../features/monitors/queries.ts';
import { type Health, healthOf, iconOf } from './health.ts';
import { useLost } from './use-lost.ts';

const prefixOf = (health: Health): string => {
  switch (health.kind) {
    case 'down':
      return `(${plural(health.count, { one: '# down', other: '# down' })}) `;
    case 'degraded':
      return `(${plural(health.count, { one: '# degraded', other: '# degraded' })}) `;
    case 'unknown':
      return `(${plural(health.count, { one: '# unknown', other: '# unknown' })}) `;
    case 'lost':
      return `(${t`not connected`}) `;
    case 'up':
    case 'none':
      return '';
  }
};

/** How the monitors do, in the browser's tab: sets its icon; answers what stands before its title, and how many are down. */
export const useHealth = (): Readonly<{ prefix: string; down: number }> => {
  const { data: monitors = [] } = useQuery(monitorsQuery);
  const lost = useLost() !== null;
  const health = healthOf(
    monitors.map(({ status }) => status),
    lost,
  );
  const icon = iconOf(health);
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link !== null) link.href = icon;
  }, [icon]);
  const down = monitors.filter(({ status }) => status === 'down').length;
  return { prefix: prefixOf(health), down };
};
