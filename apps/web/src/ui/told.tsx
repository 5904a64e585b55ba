import { useNotifications } from '@mantine/notifications';
import { type ComponentType, lazy, Suspense, useState } from 'react';

type Place = ComponentType<Readonly<{ position: 'bottom-right' }>>;

/** By a file of its own, so that what only says something (`notifications.show`) brings none of the drawing. */
const load = async (): Promise<Place> => (await import('./notifications.tsx')).Notifications;
/** A page must not fall because this can't be had: most failures are told in their own place too. */
const nowhere: Place = () => null;
const Notifications = lazy(async () => ({ default: await load().catch(() => nowhere) }));

/** Where what happened is told. It is drawn from the first time that there is something; until then its store waits. */
export const Told = () => {
  const { notifications } = useNotifications();
  const [wanted, setWanted] = useState(false);
  if (notifications.length > 0 && !wanted) setWanted(true);
  return wanted ? (
    <Suspense>
      <Notifications position="bottom-right" />
    </Suspense>
  ) : null;
};
