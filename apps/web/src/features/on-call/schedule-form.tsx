import type { AlertChange, NewSchedule } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useMemo, useState } from 'react';
import { CallError } from '../../api/call-error.ts';
import type { Choice } from '../../ui/choice.ts';
import { FormAlert } from '../../ui/form-alert.tsx';
import { FormEnds } from '../../ui/form-ends.tsx';
import { ZoneName } from '../../ui/instant.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Rows } from '../../ui/rows.tsx';
import { useUnsaved } from '../../ui/use-unsaved.ts';
import { useZone } from '../../ui/zone.ts';
import { OverrideFields } from './override-fields.tsx';
import { OnCallRange, useThisWeek } from './range.tsx';
import { type ScheduleForm as Form, RotationFields } from './rotation-fields.tsx';
import { UnsavedCalendar } from './schedule-calendar.tsx';
import { freshOverride, freshRotation, type ScheduleValues, scheduleBody, scheduleFaults } from './schedule-values.ts';

type Parts = Readonly<{ form: Form; people: readonly Choice[] }>;
const maxRotations = 10;
const maxOverrides = 200;

const Add = ({ children, onClick }: { readonly children: string; readonly onClick: () => void }) => (
  <Group>
    <Button variant="default" size="sm" leftSection={<IconPlus size={15} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  </Group>
);

const Rotations = ({ form, people }: Parts) => {
  const zone = useZone();
  const { rotations } = form.values;
  return (
    <Stack gap="sm">
      {rotations.length > 1 ? (
        <Text size="sm">
          <Trans>The first rotation that has somebody decides.</Trans>
        </Text>
      ) : null}
      <Rows of={rotations}>{(_, at) => <RotationFields form={form} at={at} people={people} />}</Rows>
      {rotations.length >= maxRotations ? null : (
        <Add onClick={() => form.insertListItem('rotations', freshRotation(zone, Date.now()))}>{t`Add a rotation`}</Add>
      )}
    </Stack>
  );
};

const Overrides = ({ form, people }: Parts) => {
  const zone = useZone();
  const { overrides } = form.values;
  return (
    <Stack gap="sm" role="group" aria-label={t`Overrides`}>
      <div>
        <Text fw={550}>
          <Trans>Overrides</Trans>
        </Text>
        <Text size="sm" c="dimmed">
          <Trans>
            Somebody steps in for a while, whoever’s turn it is. Times in <ZoneName />.
          </Trans>
        </Text>
      </div>
      <Rows of={overrides}>{(_, at) => <OverrideFields form={form} at={at} people={people} />}</Rows>
      {overrides.length >= maxOverrides ? null : (
        <Add
          onClick={() => form.insertListItem('overrides', freshOverride(zone, Date.now()))}
        >{t`Add an override`}</Add>
      )}
    </Stack>
  );
};

const calmMs = 400;
const isValid = (values: ScheduleValues, zone: string): boolean =>
  Object.keys(scheduleFaults(values, zone)).length === 0;

/** Who would be on call if this were saved now. */
const Outcome = ({ values, people }: Readonly<{ values: ScheduleValues; people: readonly Choice[] }>) => {
  const zone = useZone();
  const thisWeek = useThisWeek();
  const [from, setFrom] = useState<string>();
  const [calm] = useDebouncedValue(values, calmMs);
  const schedule = useMemo(() => (isValid(calm, zone) ? scheduleBody(calm, zone) : null), [calm, zone]);
  return (
    <Stack gap="sm" role="group" aria-label={t`What comes of it`}>
      <Text component="h2" fw={550}>
        <Trans>What comes of it</Trans>
      </Text>
      <OnCallRange from={from ?? thisWeek} onFrom={setFrom} />
      <UnsavedCalendar {...{ schedule, people }} from={from ?? thisWeek} onFrom={setFrom} />
    </Stack>
  );
};

/** What a change of the alerting rules would have told; drawn by the page. */
export type AlertPreviewSlot = (change: AlertChange | null) => ReactNode;

type Props = Readonly<{
  scheduleId: string | null;
  preview: AlertPreviewSlot;
  initialValues: ScheduleValues;
  people: readonly Choice[];
  busy: boolean;
  error: Error | null;
  aside?: ReactNode;
  /** `then` is to be called once it is saved. */
  onSave: (body: NewSchedule, then: () => void) => void;
  onDone: () => void;
}>;

/** Who is on call when. */
export const ScheduleForm = ({
  scheduleId,
  preview,
  initialValues,
  people,
  busy,
  error,
  aside,
  onSave,
  onDone,
}: Props) => {
  const zone = useZone();
  const form = useForm<ScheduleValues>({ initialValues, validate: (values) => scheduleFaults(values, zone) });
  const { unsaved, saved } = useUnsaved(scheduleBody(form.values, zone));
  const done = (): void => {
    saved();
    onDone();
  };
  const changeOf = (values: ScheduleValues): AlertChange | null =>
    isValid(values, zone) ? { kind: 'on-call-schedule', scheduleId, schedule: scheduleBody(values, zone) } : null;
  const said = error instanceof CallError ? error.fields : {};
  return (
    <form noValidate onSubmit={form.onSubmit((values) => onSave(scheduleBody(values, zone), done))}>
      <LeaveGuard unsaved={unsaved} />
      <Stack gap="lg">
        <FormAlert error={error}>
          {Object.values(said).join(' ')} {aside}
        </FormAlert>
        <TextInput label={t`Name`} maxLength={200} {...form.getInputProps('name')} />
        <Rotations form={form} people={people} />
        <Overrides form={form} people={people} />
        <Outcome values={form.values} people={people} />
        {preview(changeOf(form.values))}
        <FormEnds onCancel={onDone} busy={busy}>
          <Trans>Save schedule</Trans>
        </FormEnds>
      </Stack>
    </form>
  );
};
