import type { QuietHours } from '@farwatch/contracts';
import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox, Group, Stack, Switch } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Rows } from '../../ui/rows.tsx';
import { windowFault } from '../../ui/week-window.ts';
import { WeekWindowFields } from '../../ui/week-window-fields.tsx';
import { useZone } from '../../ui/zone.ts';
import { ZoneSelect } from '../../ui/zone-select.tsx';
import styles from './quiet-hours.module.css';
import { WeekPicture } from './week-picture.tsx';

type Severity = QuietHours['except'][number];

const severities = [
  ['down', msg`Down`],
  ['degraded', msg`Degraded`],
  ['certificate-expiring', msg`Certificate expires`],
  ['monitoring-stopped', msg`Monitoring stopped`],
  ['region-dark', msg`A region is dark`],
] as const satisfies readonly (readonly [Severity, ReturnType<typeof msg>])[];
const isSeverity = (word: string): word is Severity => severities.some(([severity]) => severity === word);

const night = { days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', until: '07:00' };
const maxWindows = 14;

type Props = Readonly<{
  value: QuietHours | null;
  onChange: (value: QuietHours | null) => void;
  description: string;
  error?: string | undefined;
  /** What this would have come to; the page knows. */
  preview?: ReactNode;
}>;

const Windows = ({ value, onChange }: { value: QuietHours; onChange: (value: QuietHours) => void }) => {
  const set = (windows: QuietHours['windows']): void => onChange({ ...value, windows });
  return (
    <>
      <Rows of={value.windows}>
        {(window, index) => (
          <fieldset className={styles.window} aria-label={t`Quiet time ${index + 1}`}>
            <WeekWindowFields
              value={window}
              error={windowFault(window)}
              onChange={(next) => set(value.windows.with(index, next))}
            />
            {value.windows.length === 1 ? null : (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t`Remove quiet time ${index + 1}`}
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
            <Trans>Add another time</Trans>
          </Button>
        </Group>
      )}
    </>
  );
};

/** When messages wait, and what comes through all the same. */
export const QuietHoursField = ({ value, onChange, description, error, preview }: Props) => {
  const zone = useZone();
  return (
    <Stack gap="sm">
      <Switch
        label={t`Quiet hours`}
        description={description}
        checked={value !== null}
        error={error}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.checked ? { timeZone: zone, windows: [night], except: ['down'] } : null)
        }
      />
      {value === null ? null : (
        <div className={styles.hours}>
          <WeekPicture windows={value.windows} zone={value.timeZone} />
          <Windows value={value} onChange={onChange} />
          <ZoneSelect
            label={t`Time zone of the quiet hours`}
            value={value.timeZone}
            onChange={(timeZone) => timeZone !== null && onChange({ ...value, timeZone })}
          />
          <Checkbox.Group
            label={t`Comes through all the same`}
            value={value.except}
            onChange={(words) => onChange({ ...value, except: words.filter(isSeverity) })}
          >
            <Group gap="md" mt={6}>
              {severities.map(([severity, word]) => (
                <Checkbox key={severity} value={severity} label={i18n.t(word)} />
              ))}
            </Group>
          </Checkbox.Group>
        </div>
      )}
      {preview}
    </Stack>
  );
};
