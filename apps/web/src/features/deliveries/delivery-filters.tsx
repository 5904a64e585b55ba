import type { DeliveryView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { ManySelect } from '../../ui/many-select.tsx';
import { momentsOf, type When } from '../../ui/when.ts';
import { WhenField } from '../../ui/when-field.tsx';
import styles from './deliveries.module.css';
import { deliveryEvents, deliveryStatuses, eventWord, statusWord } from './delivery-words.tsx';
import type { DeliveryFilter } from './queries.ts';

/** The log's view as it stands in the URL. */
export type DeliveriesView = When &
  Pick<DeliveryFilter, 'status' | 'kind' | 'event'> &
  Readonly<{ channel?: string | undefined; monitor?: string | undefined; incident?: string | undefined }>;

/** What to ask for. */
export const deliveryFilterOf = (view: DeliveriesView, zone: string, now: number): DeliveryFilter => ({
  status: view.status,
  kind: view.kind,
  event: view.event,
  channelId: view.channel,
  monitorId: view.monitor,
  incidentId: view.incident,
  ...momentsOf(view, zone, now),
});

export type DeliveryChoices = Readonly<Record<'channels' | 'monitors' | 'kinds', readonly Choice[]>>;
type Props = Readonly<{
  view: DeliveriesView;
  choices: DeliveryChoices;
  onView: (view: DeliveriesView) => void;
}>;

type OneProps = Readonly<{
  label: string;
  none: string;
  choices: readonly Choice[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}>;
/** Something deleted is still in the log: it stays chosen although it is not on the list any more. */
const One = ({ label, none, choices, value, onChange }: OneProps) => {
  const gone = value === undefined || choices.some((choice) => choice.value === value) ? [] : [{ value, label: value }];
  return (
    <Select
      aria-label={label}
      placeholder={none}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t`Clear: ${label}` }}
      data={[...choices, ...gone]}
      value={value ?? null}
      onChange={(next) => onChange(next ?? undefined)}
    />
  );
};

/** Which deliveries: all of it stands in the URL. */
export const DeliveryFilters = ({ view, choices, onView }: Props) => {
  const { kinds, channels, monitors } = choices;
  return (
    <section className={styles.filters} aria-label={t`Which deliveries`}>
      <ManySelect<DeliveryView['status']>
        {...{ label: t`Outcome`, none: t`Any outcome`, all: deliveryStatuses, word: statusWord, chosen: view.status }}
        onChosen={(status) => onView({ ...view, status })}
      />
      <ManySelect<DeliveryView['event']>
        {...{ label: t`Message`, none: t`Any message`, all: deliveryEvents, word: eventWord, chosen: view.event }}
        onChosen={(event) => onView({ ...view, event })}
      />
      <One
        {...{ label: t`Channel`, none: t`Any channel`, choices: channels, value: view.channel }}
        onChange={(channel) => onView({ ...view, channel })}
      />
      <ManySelect<DeliveryView['kind']>
        {...{ label: t`Kind`, none: t`Any kind`, all: kinds.map(({ value }) => value as DeliveryView['kind']) }} // the page lists the contract's kinds
        {...{ word: (kind) => labelOf(kinds, kind, kind), chosen: view.kind }}
        onChosen={(kind) => onView({ ...view, kind })}
      />
      <One
        {...{ label: t`Monitor`, none: t`Any monitor`, choices: monitors, value: view.monitor }}
        onChange={(monitor) => onView({ ...view, monitor })}
      />
      <WhenField label={t`When`} value={view} onChange={({ span, from, to }) => onView({ ...view, span, from, to })} />
      {view.incident === undefined ? null : (
        <Button
          variant="light"
          rightSection={<IconX size={14} aria-hidden />}
          onClick={() => onView({ ...view, incident: undefined })}
        >
          <Trans>Of one incident</Trans>
        </Button>
      )}
    </section>
  );
};
