import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import { useState } from 'react';
import { FormEnds } from '../../ui/form-ends.tsx';
import { FormModal } from '../../ui/form-modal.tsx';
import { ZoneName } from '../../ui/instant.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { WallField } from '../../ui/wall-field.tsx';
import { momentOf, wallOf } from '../../ui/wall-time.ts';
import { useZone } from '../../ui/zone.ts';

const maxMs = 7 * 86_400_000;

const faultOf = (until: string | null): string | null => {
  if (until === null) return t`Enter a day and a time.`;
  const ahead = Date.parse(until) - Date.now();
  if (ahead <= 0) return t`This has passed already.`;
  return ahead > maxMs ? t`At most 7 days ahead.` : null;
};

type Props = Readonly<{ onClose: () => void; onSnooze: (until: string | null) => void }>;

/** A moment of one's own, in the reader's zone. */
export const SnoozeDialog = ({ onClose, onSnooze }: Props) => {
  const zone = useZone();
  const [wall, setWall] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const send = (): void => {
    const until = momentOf(wall, zone);
    const found = faultOf(until);
    setFault(found);
    if (found !== null) return;
    onSnooze(until);
    onClose();
  };
  return (
    <FormModal onClose={onClose} title={t`Snooze until`} size="md" reachesOut>
      {(close) => (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            send();
          }}
        >
          <LeaveGuard unsaved={() => wall !== ''} />
          <Stack gap="md">
            <WallField
              label={t`Until`}
              description={
                <Trans>
                  In <ZoneName />, at most 7 days ahead
                </Trans>
              }
              min={wallOf(new Date().toISOString(), zone).slice(0, 10)}
              value={wall}
              error={fault}
              onChange={setWall}
            />
            <FormEnds onCancel={close}>
              <Trans>Snooze</Trans>
            </FormEnds>
          </Stack>
        </form>
      )}
    </FormModal>
  );
};
