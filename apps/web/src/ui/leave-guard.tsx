import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { useContext, useEffect } from 'react';
import { Confirm } from './confirm.tsx';
import { FormDialog } from './form-dialog.ts';

type Unsaved = () => boolean;
type Place = Readonly<{ pathname: string; search: object }>;
const placeOf = ({ pathname, search }: Place): string => JSON.stringify([pathname, search]);

/** The question itself: whether it is asked now, and what follows either answer. */
export const LeaveQuestion = (props: Readonly<{ asked: boolean; onStay: () => void; onLeave: () => void }>) => (
  <Confirm
    opened={props.asked}
    title={t`Leave without saving?`}
    action={t`Leave, and lose it`}
    busy={false}
    error={null}
    onClose={props.onStay}
    onConfirm={props.onLeave}
  >
    <Trans>What you changed here is not saved yet.</Trans>
  </Confirm>
);

/** Holds who goes elsewhere by a link or the back button, and who closes the tab; a place on the same page is no elsewhere. */
export const useLeaving = (unsaved: Unsaved) =>
  useBlocker({
    shouldBlockFn: ({ current, next }) => placeOf(current) !== placeOf(next) && unsaved(),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });

const OfPage = ({ unsaved }: { readonly unsaved: Unsaved }) => {
  const blocker = useLeaving(unsaved);
  return (
    <LeaveQuestion
      asked={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onLeave={() => blocker.proceed?.()}
    />
  );
};

/** Asks before somebody leaves what is not saved: the page, or the dialog that it is in. */
export const LeaveGuard = ({ unsaved }: { readonly unsaved: Unsaved }) => {
  const dialog = useContext(FormDialog);
  useEffect(() => dialog?.holds(unsaved), [dialog, unsaved]);
  return dialog === null ? <OfPage unsaved={unsaved} /> : null;
};
