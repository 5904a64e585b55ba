import { Trans } from '@lingui/react/macro';
import { Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconZzz } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { nextDayAt } from '../../ui/wall-time.ts';
import { useZone } from '../../ui/zone.ts';

type Props = Readonly<{ snoozedUntil: string | null; onSnooze: (until: string | null) => void }>;

const min = 60_000;
const from = (now: number, ms: number): string => new Date(now + ms).toISOString();

/** Most snoozes are one of the lengths in the menu. */
const SnoozeDialog = lazy(async () => ({ default: (await import('./snooze-dialog.tsx')).SnoozeDialog }));

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
      {choosing ? (
        <Suspense>
          <SnoozeDialog onClose={choose.close} onSnooze={onSnooze} />
        </Suspense>
      ) : null}
    </>
  );
};
