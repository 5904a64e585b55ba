import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, NumberInput, Select, Switch } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Choice } from '../../ui/choice.ts';
import { WallField } from '../../ui/wall-field.tsx';
import { WeekWindowFields } from '../../ui/week-window-fields.tsx';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import styles from './on-call.module.css';
import { ParticipantsField } from './participants-field.tsx';
import { isUnit, officeHours, type ScheduleValues, units } from './schedule-values.ts';

export type ScheduleForm = UseFormReturnType<ScheduleValues>;
type Props = Readonly<{ form: ScheduleForm; at: number; people: readonly Choice[] }>;

/** People who take turns: who, from when, for how long, and at which hours. */
export const RotationFields = ({ form, at, people }: Props) => {
  const path = `rotations.${at}`;
  const rotation = form.values.rotations[at];
  if (rotation === undefined) return null;
  const error = (name: string) => form.errors[`${path}.${name}`];
  return (
    <fieldset className={styles.rotation} aria-label={t`Rotation ${at + 1}`}>
      <ParticipantsField
        people={people}
        value={rotation.participants}
        error={error('participants')}
        onChange={(participants) => form.setFieldValue(`${path}.participants`, participants)}
      />
      <div className={styles.fields}>
        <Group gap={6} align="flex-start" wrap="nowrap">
          <NumberInput
            label={t`A turn lasts`}
            flex={1}
            min={1}
            max={366}
            value={rotation.length}
            error={error('length')}
            onChange={(length) => form.setFieldValue(`${path}.length`, Number(length))}
          />
          <Select
            aria-label={t`Unit of a turn`}
            w={110}
            mt={27}
            allowDeselect={false}
            data={Object.entries(units).map(([value, word]) => ({ value, label: i18n.t(word) }))}
            value={rotation.unit}
            onChange={(unit) => isUnit(unit) && form.setFieldValue(`${path}.unit`, unit)}
          />
        </Group>
        <WallField
          label={t`First hand-over`}
          value={rotation.startsAt}
          error={error('startsAt')}
          onChange={(startsAt) => form.setFieldValue(`${path}.startsAt`, startsAt)}
        />
        <ZoneSelect
          label={t`Time zone of the rotation`}
          value={rotation.timeZone}
          onChange={(zone) => zone !== null && form.setFieldValue(`${path}.timeZone`, zone)}
        />
      </div>
      <Switch
        label={t`Only at certain hours`}
        description={t`Else around the clock.`}
        checked={rotation.window !== null}
        onChange={({ currentTarget }) =>
          form.setFieldValue(`${path}.window`, currentTarget.checked ? officeHours : null)
        }
      />
      {rotation.window === null ? null : (
        <WeekWindowFields
          value={rotation.window}
          error={typeof error('window') === 'string' ? String(error('window')) : null}
          onChange={(window) => form.setFieldValue(`${path}.window`, window)}
        />
      )}
      {form.values.rotations.length === 1 ? null : (
        <Group>
          <Button variant="subtle" color="red" size="compact-sm" onClick={() => form.removeListItem('rotations', at)}>
            <Trans>Remove rotation {at + 1}</Trans>
          </Button>
        </Group>
      )}
    </fieldset>
  );
};
