import type { ChannelView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import type { Mending, useMendChannel } from './queries.ts';
import type { ChannelSlots } from './slots.ts';

/** Forms come when somebody opens one. */
const EditChannel = lazy(async () => ({ default: (await import('./edit-channel.tsx')).EditChannel }));

/** The one thing that would make the channel work; null when it does. */
export const nextStepOf = ({ status, kind }: Pick<ChannelView, 'status' | 'kind'>): Mending | 'retarget' | null => {
  if (status === 'active') return null;
  if (kind === 'telegram') return 'confirm'; // a new start code works whatever became of the old chat
  switch (status) {
    case 'unconfirmed':
      return 'confirm';
    case 'broken':
      return 'enable';
    case 'stopped':
      return 'retarget'; // whoever stopped it is not asked again
  }
};

const stepWord = ({ status, kind }: ChannelView): string => {
  if (kind === 'telegram') return status === 'unconfirmed' ? t`New link` : t`Link again`;
  if (status === 'unconfirmed') return t`Send the confirmation again`;
  return t`Enable again`;
};

type Props = Readonly<{
  channel: ChannelView;
  slots: ChannelSlots;
  mend: ReturnType<typeof useMendChannel>;
}>;

/** The one next step of a channel that does not work, as a button. */
export const ChannelNext = ({ channel, slots, mend }: Props) => {
  const [editing, edit] = useDisclosure(false);
  const step = nextStepOf(channel);
  if (step === null) return null;
  if (step !== 'retarget')
    return (
      <Button
        variant="light"
        size="xs"
        loading={mend.isPending}
        onClick={() => mend.mutate({ channelId: channel.id, act: step })}
      >
        {stepWord(channel)}
      </Button>
    );
  return (
    <>
      <Button variant="light" size="xs" onClick={edit.open}>
        <Trans>Change the address</Trans>
      </Button>
      {editing ? (
        <Suspense>
          <EditChannel channel={channel} retarget onClose={edit.close} slots={slots} />
        </Suspense>
      ) : null}
    </>
  );
};
