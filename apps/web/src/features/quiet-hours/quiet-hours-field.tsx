import type { QuietHours } from '@farwatch/contracts';
import { ActionIcon, Button, Checkbox, Group, Stack, Switch } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Rows } from '../../ui/rows.tsx';
import { windowFault } from '../../ui/week-window.ts';
import { WeekWindowFields } from '../../ui/week-window-fields.tsx';
import { useZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import styles from './quiet-hours.module.css';

type Severity = QuietHours['except'][number];

const severities = [
  ['down', 'Down'],
  ['degraded', 'Degraded'],
  ['certificate-expiring', 'Certificate expires'],
  ['monitoring-stopped', 'Monitoring stopped'],
  ['region-dark', 'A region is dark'],
] as const satisfies readonly (readonly [Severity, string])[];
const isSeverity = (word: string): word is Severity => severities.some(([severity]) => severity === word);

const night = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '07:00' };
const maxWindows = 14;

type Props = Readonly<{
  value: QuietHours | null;
  onChange: (value: QuietHours | null) => void;
  description: string;
  error?: string | undefined;
}>;

const Windows = ({ value, onChange }: { value: QuietHours; onChange: (value: QuietHours) => void }) => {
  const set = (windows: QuietHours['windows']): void => onChange({ ...value, windows });
  return (
    <>
      <Rows of={value.windows}>
        {(window, index) => (
          <fieldset className={styles.window} aria-label={`Quiet time ${index + 1}`}>
            <WeekWindowFields
              value={window}
              error={windowFault(window)}
              onChange={(next) => set(value.windows.with(index, next))}
            />
            {value.windows.length === 1 ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove quiet time ${index + 1}`}
                onClick={() => set(value.windows.toSpliced(index, 1))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </fieldset>
        )}
      </Rows>
      {value.windows.length >= maxWindows ? null : (
        <Group>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => set([...value.windows, night])}
          >
            Add another time
          </Button>
        </Group>
      )}
    </>
  );
};

/** When messages wait, and what comes through all the same. */
export const QuietHoursField = ({ value, onChange, description, error }: Props) => {
  const zone = useZone();
  return (
    <Stack gap="sm">
      <Switch
        label="Quiet hours"
        description={description}
        checked={value !== null}
        error={error}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.checked ? { timeZone: zone, windows: [night], except: ['down'] } : null)
        }
      />
      {value === null ? null : (
        <div className={styles.hours}>
          <Windows value={value} onChange={onChange} />
          <ZoneSelect
            label="Time zone of the quiet hours"
            value={value.timeZone}
            onChange={(timeZone) => timeZone !== null && onChange({ ...value, timeZone })}
          />
          <Checkbox.Group
            label="Comes through all the same"
            value={value.except}
            onChange={(words) => onChange({ ...value, except: words.filter(isSeverity) })}
          >
            <Group gap="md" mt={6}>
              {severities.map(([severity, word]) => (
                <Checkbox key={severity} value={severity} label={word} />
              ))}
            </Group>
          </Checkbox.Group>
        </div>
      )}
    </Stack>
  );
};
