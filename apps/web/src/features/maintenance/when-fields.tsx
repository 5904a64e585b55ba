import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Chip, Group, Input, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { LengthInput } from '../../ui/length-input.tsx';
import { WallField } from '../../ui/wall-field.tsx';
import { clockTurn, momentOf, wallOf } from '../../ui/wall-time.ts';
import { dayNames } from '../../ui/week-window.ts';
import { useZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import { isMonthly, isRepeat, monthlyChoices, repeats } from './repeats.ts';
import { bodyOf, type WindowValues } from './window-values.ts';

export type WindowForm = UseFormReturnType<WindowValues>;
type Props = Readonly<{ form: WindowForm }>;

const Weekdays = ({ form }: Props) => (
  <Input.Wrapper label={t`On these days`} description={t`None: on the weekday of the first time.`} labelElement="div">
    <Chip.Group
      multiple
      value={form.values.days.map(String)}
      onChange={(days) =>
        form.setFieldValue(
          'days',
          days.map(Number).toSorted((a, b) => a - b),
        )
      }
    >
      <Group gap={6} role="group" aria-label={t`Days`} mt={6}>
        {dayNames().map((name, at) => (
          <Chip key={name} size="xs" value={String(at + 1)}>
            {name}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  </Input.Wrapper>
);

const Repeats = ({ form }: Props) => {
  const { repeat, startsAt, monthly } = form.values;
  return (
    <>
      <Select
        label={t`Repeats`}
        allowDeselect={false}
        data={Object.entries(repeats).map(([value, word]) => ({ value, label: i18n.t(word) }))}
        value={repeat}
        onChange={(next) => isRepeat(next) && form.setFieldValue('repeat', next)}
      />
      {repeat === 'weekly' ? <Weekdays form={form} /> : null}
      {repeat === 'monthly' && startsAt !== '' ? (
        <Select
          label={t`Of each month`}
          allowDeselect={false}
          data={monthlyChoices(startsAt)}
          value={monthly}
          onChange={(next) => isMonthly(next) && form.setFieldValue('monthly', next)}
        />
      ) : null}
      {repeat === 'own' ? (
        <TextInput
          label={t`Rule`}
          description={t`RFC 5545, hourly at the most`}
          placeholder="FREQ=MONTHLY;BYDAY=+2TU"
          {...form.getInputProps('rule')}
        />
      ) : null}
    </>
  );
};

/** On the nights when that zone's clock is changed it is said what is meant. */
const turnWords = (values: WindowValues): string | undefined => {
  const { startsAt, timeZone } = bodyOf(values);
  if (startsAt.endsWith('Z')) return undefined; // a moment, not a time on the wall
  const moment = momentOf(startsAt, timeZone);
  switch (clockTurn(startsAt, timeZone)) {
    case null:
      return undefined;
    case 'twice':
      return t`That night the clock in ${timeZone} shows this twice: the first is meant.`;
    case 'never':
      return t`That night the clock in ${timeZone} skips this: ${wallOf(moment ?? '', timeZone).slice(11)} is meant.`;
  }
};

/** When it is: the first time, in which zone, how long, and how often again. */
export const WhenFields = ({ form }: Props) => {
  const zone = useZone();
  return (
    <>
      <Group grow align="flex-start" preventGrowOverflow={false} wrap="wrap" gap="md">
        <WallField label={t`Begins`} description={turnWords(form.values)} {...form.getInputProps('startsAt')} />
        <LengthInput
          label={t`Lasts`}
          value={form.values.durationMs}
          error={form.errors.durationMs}
          onChange={(ms) => form.setFieldValue('durationMs', ms)}
        />
      </Group>
      <ZoneSelect
        label={t`Time zone`}
        value={form.values.timeZone}
        error={form.errors.timeZone}
        onChange={(next) => form.setFieldValue('timeZone', next ?? zone)}
      />
      <Repeats form={form} />
    </>
  );
};
