import { plural, t } from '@lingui/core/macro';
import { Plural, Trans } from '@lingui/react/macro';
import { Button, Checkbox, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconHandStop } from '@tabler/icons-react';
import { messageOf } from '../../api/call-error.ts';
import { type Acknowledged, useBulkDeed } from './deeds.ts';
import styles from './incidents.module.css';

type Props = Readonly<{
  free: readonly string[];
  chosen: readonly string[];
  onChoose: (ids: readonly string[]) => void;
}>;

const reasons = (failed: readonly Error[]): string => [...new Set(failed.map(messageOf))].join(' ');

const tell = ({ done, failed }: Acknowledged, undo: () => void): void => {
  if (failed.length > 0)
    notifications.show({
      color: 'red',
      title: plural(failed.length, { one: '# could not be acknowledged', other: '# could not be acknowledged' }),
      message: reasons(failed),
    });
  if (done.length > 0)
    notifications.show({
      ...{ id: 'bulk-acknowledged', autoClose: 15_000 },
      title: plural(done.length, { one: 'You have # incident.', other: 'You have # incidents.' }),
      message: (
        <Stack gap="xs" align="start">
          <Trans>Escalation stops, and everybody who was told is told.</Trans>
          <Button variant="default" size="xs" onClick={undo}>
            <Trans>Give back</Trans>
          </Button>
        </Stack>
      ),
    });
};

/** Takes on many at once, and gives them back. */
export const BulkBar = ({ free, chosen, onChoose }: Props) => {
  const bulk = useBulkDeed();
  const undo = (incidentIds: readonly string[]) => (): void => {
    bulk.mutate({ incidentIds, deed: { kind: 'give-back' } });
    notifications.hide('bulk-acknowledged');
  };
  const acknowledge = (): void =>
    bulk.mutate(
      { incidentIds: chosen, deed: { kind: 'acknowledge', by: null } },
      {
        onSuccess: (came) => {
          onChoose([]);
          tell(came, undo(came.done));
        },
      },
    );
  const all = chosen.length === free.length;
  return (
    <div className={styles.bulk}>
      <Checkbox
        label={
          chosen.length === 0 ? (
            <Plural value={free.length} one="# that nobody has" other="All # that nobody has" />
          ) : (
            <Plural value={chosen.length} one="# chosen" other="# chosen" />
          )
        }
        aria-label={t`Choose all that nobody has`}
        checked={all}
        indeterminate={chosen.length > 0 && !all}
        onChange={() => onChoose(all ? [] : free)}
      />
      <Button
        size="sm"
        variant={chosen.length === 0 ? 'default' : 'filled'}
        leftSection={<IconHandStop size={16} aria-hidden />}
        disabled={chosen.length === 0}
        loading={bulk.isPending}
        onClick={acknowledge}
      >
        <Trans>Acknowledge</Trans>
      </Button>
    </div>
  );
};
