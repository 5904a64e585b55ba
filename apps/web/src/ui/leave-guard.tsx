import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { Confirm } from './confirm.tsx';

/** Asks before somebody leaves what is not saved: by a link, by going back, or by closing the tab. */
export const LeaveGuard = ({ unsaved }: { readonly unsaved: () => boolean }) => {
  const blocker = useBlocker({ shouldBlockFn: unsaved, enableBeforeUnload: unsaved, withResolver: true });
  return (
    <Confirm
      opened={blocker.status === 'blocked'}
      title={t`Leave without saving?`}
      action={t`Leave, and lose it`}
      busy={false}
      error={null}
      onClose={() => blocker.reset?.()}
      onConfirm={() => blocker.proceed?.()}
    >
      <Trans>What you changed here is not saved yet.</Trans>
    </Confirm>
  );
};
