import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconZzz } from '@tabler/icons-react';
import { useState } from 'react';
import { ZoneName } from '../../ui/instant.tsx';
import { momentOf, nextDayAt, wallOf } from '../../ui/wall-time.ts';
import { useZone } from '../../ui/zone.ts';

type Props = Readonly<{ snoozedUntil: string | null; onSnooze: (until: string | null) => void }>;

const min = 60_000;
const maxMs = 7 * 86_400_000;
const from = (now: number, ms: number): string => new Date(now + ms).toISOString();

const faultOf = (until: string | null): string | null => {
  if (until === null) return t`Enter a day and a time.`;
  const ahead = Date.parse(until) - Date.now();
  if (ahead <= 0) return t`This has passed already.`;
  return ahead > maxMs ? t`At most 7 days ahead.` : null;
};

const Custom = ({ opened, onClose, onSnooze }: { opened: boolean; onClose: () => void } & Pick<Props, 'onSnooze'>) => {
  const zone = useZone();
  const [wall, setWall] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const close = (): void => {
    onClose();
    setFault(null);
  };
  const send = (): void => {
    const until = momentOf(wall, zone);
    const found = faultOf(until);
    setFault(found);
    if (found !== null) return;
    onSnooze(until);
    close();
  };
  return (
    <Modal opened={opened} onClose={close} title={t`Snooze until`} centered>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t`Until`}
            type="datetime-local"
            description={
              <Trans>
                In <ZoneName />, at most 7 days ahead
              </Trans>
            }
            min={wallOf(new Date().toISOString(), zone)}
            value={wall}
            error={fault}
            onChange={({ currentTarget }) => setWall(currentTarget.value)}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              <Trans>Cancel</Trans>
            </Button>
            <Button type="submit">
              <Trans>Snooze</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

/** No escalation and no reminder for a while. */
export const SnoozeMenu = ({ snoozedUntil, onSnooze }: Props) => {
  const zone = useZone();
  const [choosing, choose] = useDisclosure(false);
  const snoozed = snoozedUntil !== null && Date.parse(snoozedUntil) > Date.now();
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconZzz size={16} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            <Trans>Snooze</Trans>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onSnooze(from(Date.now(), 30 * min))}>
            <Trans>30 min</Trans>
          </Menu.Item>
          <Menu.Item onClick={() => onSnooze(from(Date.now(), 120 * min))}>
            <Trans>2 h</Trans>
          </Menu.Item>
          <Menu.Item onClick={() => onSnooze(nextDayAt(Date.now(), 9, zone))}>
            <Trans>Until tomorrow 9:00</Trans>
          </Menu.Item>
          <Menu.Item onClick={choose.open}>
            <Trans>Until…</Trans>
          </Menu.Item>
          {snoozed ? (
            <>
              <Menu.Divider />
              <Menu.Item onClick={() => onSnooze(null)}>
                <Trans>End the snooze</Trans>
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Custom opened={choosing} onClose={choose.close} onSnooze={onSnooze} />
    </>
  );
};
