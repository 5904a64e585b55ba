import { msg, t } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { WallField } from '../../ui/wall-field.tsx';
import { momentOf, wallOf } from '../../ui/wall-time.ts';
import { useZone } from '../../ui/zone.ts';
import type { LogView } from './queries.ts';

const hour = 3_600_000;
const spans = [
  [msg`Last hour`, hour],
  [msg`Last 6 hours`, 6 * hour],
  [msg`Last 24 hours`, 24 * hour],
  [msg`Last 7 days`, 168 * hour],
] as const;

type MomentProps = Readonly<{
  label: string;
  firstTime: string;
  value: string | undefined;
  onChange: (at: string | undefined) => void;
}>;

/** A moment on the wall clock of the reader's zone. */
const Moment = ({ label, firstTime, value, onChange }: MomentProps) => {
  const zone = useZone();
  return (
    <WallField
      label={label}
      value={value === undefined ? '' : wallOf(value, zone)}
      onChange={(wall) => onChange(momentOf(wall, zone) ?? undefined)}
      {...{ firstTime }}
      clearable
    />
  );
};

type Props = Readonly<{ view: LogView; onView: (view: LogView) => void; onClose: () => void }>;

/** Of which time the log is shown, and where it is opened. */
export const LogTimes = ({ view, onView, onClose }: Props) => {
  const zone = useZone();
  const { i18n } = useLingui();
  const { filter, at } = view;
  const range = (from: string | undefined, to: string | undefined): void =>
    onView({ ...view, at: undefined, filter: { ...filter, from, to } });
  return (
    <Modal opened onClose={onClose} title={t`Time`} centered styles={{ content: { overflow: 'visible' } }}>
      <Stack gap="md">
        <Group gap="xs">
          {spans.map(([name, ms]) => (
            <Button
              key={ms}
              size="xs"
              variant="default"
              onClick={() => {
                range(new Date(Date.now() - ms).toISOString(), undefined);
                onClose();
              }}
            >
              {i18n.t(name)}
            </Button>
          ))}
        </Group>
        <Moment label={t`From`} firstTime="00:00" value={filter.from} onChange={(from) => range(from, filter.to)} />
        <Moment label={t`Until`} firstTime="23:59" value={filter.to} onChange={(to) => range(filter.from, to)} />
        <Moment
          label={t`Or jump to a moment`}
          firstTime="00:00"
          value={at}
          onChange={(moment) => onView({ ...view, at: moment })}
        />
        <Text size="sm" c="dimmed">
          <Trans>Times are those of {zone}.</Trans>
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            onClick={() => {
              range(undefined, undefined);
              onClose();
            }}
          >
            <Trans>Any time</Trans>
          </Button>
          <Button onClick={onClose}>
            <Trans>Done</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
