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

type PartProps = Readonly<{ form: ScheduleForm; path: string; rotation: ScheduleValues['rotations'][number] }>;
const errorIn = ({ form, path }: PartProps, name: string) => form.errors[`${path}.${name}`];

/** How long a turn lasts. */
const Turn = (props: PartProps) => {
  const { form, path, rotation } = props;
  return (
    <Group gap={6} align="flex-start" wrap="nowrap">
      <NumberInput
        label={t`A turn lasts`}
        flex={1}
        min={1}
        max={366}
        value={rotation.length}
        error={errorIn(props, 'length')}
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
  );
};

/** At which hours of the week it holds. */
const Hours = (props: PartProps) => {
  const { form, path, rotation } = props;
  const error = errorIn(props, 'window');
  const set = (window: typeof rotation.window): void => form.setFieldValue(`${path}.window`, window);
  return (
    <>
      <Switch
        label={t`Only at certain hours`}
        description={t`Else around the clock.`}
        checked={rotation.window !== null}
        onChange={({ currentTarget }) => set(currentTarget.checked ? officeHours : null)}
      />
      {rotation.window === null ? null : (
        <WeekWindowFields value={rotation.window} error={typeof error === 'string' ? error : null} onChange={set} />
      )}
    </>
  );
};

/** People who take turns: who, from when, for how long, and at which hours. */
export const RotationFields = ({ form, at, people }: Props) => {
  const rotation = form.values.rotations[at];
  if (rotation === undefined) return null;
  const part = { form, path: `rotations.${at}`, rotation };
  return (
    <fieldset className={styles.rotation} aria-label={t`Rotation ${at + 1}`}>
      <ParticipantsField
        people={people}
        value={rotation.participants}
        error={errorIn(part, 'participants')}
        onChange={(participants) => form.setFieldValue(`${part.path}.participants`, participants)}
      />
      <div className={styles.fields}>
        <Turn {...part} />
        <WallField
          label={t`First hand-over`}
          value={rotation.startsAt}
          error={errorIn(part, 'startsAt')}
          onChange={(startsAt) => form.setFieldValue(`${part.path}.startsAt`, startsAt)}
        />
        <ZoneSelect
          label={t`Time zone of the rotation`}
          value={rotation.timeZone}
          onChange={(zone) => zone !== null && form.setFieldValue(`${part.path}.timeZone`, zone)}
        />
      </div>
      <Hours {...part} />
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
