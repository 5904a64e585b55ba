import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { kindChoices } from '../features/channels/kinds.ts';
import { channelsQuery } from '../features/channels/queries.ts';
import { type DeliveriesView, DeliveryFilters, deliveryFilterOf } from '../features/deliveries/delivery-filters.tsx';
import { DeliveryList } from '../features/deliveries/delivery-list.tsx';
import { monitorsQuery } from '../features/monitors/queries.ts';
import type { Choice } from '../ui/choice.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import card from '../ui/page.module.css';
import { useZone } from '../ui/zone.ts';
import { deliveriesViewOf, searchOfDeliveries } from './alerting-search.ts';

const route = getRouteApi('/app/alerting');

type Named = Readonly<{ id: string; name: string }>;
const choicesOf = (named: readonly Named[] | undefined): readonly Choice[] =>
  (named ?? []).map(({ id, name }) => ({ value: id, label: name }));

const NoneFits = ({ onClear }: { readonly onClear: () => void }) => (
  <EmptyState
    title={t`No delivery fits`}
    action={
      <Button variant="default" onClick={onClear}>
        <Trans>Show all deliveries</Trans>
      </Button>
    }
  >
    <Trans>Nothing like that was sent, or in another time.</Trans>
  </EmptyState>
);

/** The delivery log with its view in the page's address. */
export const AlertingDeliveries = () => {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const zone = useZone();
  const channels = useQuery(channelsQuery).data;
  const monitors = useQuery(monitorsQuery).data;
  // Compared as text: another page of the log is another search, and the same view of it.
  const key = JSON.stringify(deliveriesViewOf(search));
  const view = useMemo(() => JSON.parse(key) as DeliveriesView, [key]); // what was written a line above
  const filter = useMemo(() => deliveryFilterOf(view, zone, Date.now()), [view, zone]);
  const show = (next: DeliveriesView): void => void navigate({ search: searchOfDeliveries(next), replace: true });
  const turn = (page: string | undefined): void => void navigate({ search: (before) => ({ ...before, page }) });
  const narrowed = Object.values(view).some((value) => value !== undefined);
  return (
    <div>
      <DeliveryFilters
        view={view}
        choices={{ channels: choicesOf(channels), monitors: choicesOf(monitors), kinds: kindChoices() }}
        onView={show}
      />
      <div className={card.card}>
        <DeliveryList
          key={key}
          filter={filter}
          kinds={kindChoices()}
          turn={{ cursor: search.page, onCursor: turn }}
          empty={t`Each alert to each channel is written down here, with the receiver’s own answer.`}
          noneFits={narrowed ? <NoneFits onClear={() => show({})} /> : undefined}
        />
      </div>
    </div>
  );
};
