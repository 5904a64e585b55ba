import type { MaintenanceWindowView, OccurrenceView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Modal, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Choice, labelOf } from '../../ui/choice.ts';
import { useNow } from '../../ui/clock.ts';
import { durationText } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { useZone } from '../../ui/zone.ts';
import styles from './maintenance.module.css';
import { windowsQuery } from './queries.ts';
import { ruleWords } from './repeats.ts';
import { DeleteWindow, EndWindow } from './window-acts.tsx';
import { wallStart } from './window-values.ts';
import { forWhom, runningOf } from './window-words.ts';

const Fact = ({ name, children }: Readonly<{ name: string; children: ReactNode }>) => (
  <div className={styles.fact}>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

type Shown = Readonly<{
  window: MaintenanceWindowView;
  monitors: readonly Choice[];
  occurrence: OccurrenceView | null;
}>;

const Facts = ({ window, monitors, occurrence }: Shown) => {
  const zone = useZone();
  const { appliesTo, countsAs, durationMs, rule, timeZone, note } = window;
  const start = wallStart(window);
  return (
    <dl className={styles.facts}>
      {occurrence === null ? null : (
        <Fact name={t`When`}>
          <Instant at={occurrence.from} to="weekday" /> – <Instant at={occurrence.until} to="weekday" />
        </Fact>
      )}
      <Fact name={t`Repeats`}>
        {ruleWords(rule, start)}, {start.slice(11)}
        {timeZone === zone ? '' : ` ${timeZone}`}, <Trans>lasts {durationText(durationMs)}</Trans>
      </Fact>
      <Fact name={t`For`}>
        {appliesTo.kind === 'monitors'
          ? appliesTo.monitorIds.map((id) => labelOf(monitors, id, t`a deleted monitor`)).join(', ')
          : forWhom(window)}
      </Fact>
      <Fact name={t`Uptime`}>{countsAs === 'counted' ? t`counts the time as it was` : t`leaves the time out`}</Fact>
      {note === null ? null : <Fact name={t`Note`}>{note}</Fact>}
    </dl>
  );
};

const Body = ({ onEdit, onClose, ...shown }: Shown & Readonly<{ onEdit: () => void; onClose: () => void }>) => {
  const now = useNow();
  const { window } = shown;
  const running = runningOf(window, now);
  return (
    <Stack gap="md">
      {running === null ? null : (
        <div>
          <StateBadge tone="calm">
            <Trans>
              Runs until <Instant at={running.until} to="minute" />
            </Trans>
          </StateBadge>
        </div>
      )}
      <Facts {...shown} />
      <Group justify="flex-end" gap="xs">
        {running === null ? null : <EndWindow window={window} />}
        <DeleteWindow window={window} onDone={onClose} />
        <Button size="xs" onClick={onEdit}>
          <Trans>Edit</Trans>
        </Button>
      </Group>
    </Stack>
  );
};

type Props = Readonly<{
  windowId: string;
  occurrence: OccurrenceView | null;
  monitors: readonly Choice[];
  onEdit: () => void;
  onClose: () => void;
}>;

/** All that is to be known of a window, from one of its times. */
export const WindowDetails = ({ windowId, ...rest }: Props) => {
  const windows = useQuery(windowsQuery).data;
  if (windows === undefined) return null;
  const window = windows.find(({ id }) => id === windowId);
  return (
    <Modal opened onClose={rest.onClose} title={window?.name ?? t`This window is not there any more`} centered>
      {window === undefined ? (
        <Trans>It was deleted, or belongs to another organisation.</Trans>
      ) : (
        <Body window={window} {...rest} />
      )}
    </Modal>
  );
};
