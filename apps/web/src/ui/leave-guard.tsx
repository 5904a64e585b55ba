import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useBlocker } from '@tanstack/react-router';
import { useContext, useEffect } from 'react';
import { Confirm } from './confirm.tsx';
import { FormDialog } from './form-dialog.ts';

type Unsaved = () => boolean;
type Place = Readonly<{ pathname: string; search: object }>;

/** `part`: the only part of the search that leads elsewhere; all of it where none is named. */
const placeOf = ({ pathname, search }: Place, part: string | undefined): string =>
  JSON.stringify([pathname, part === undefined ? search : Object.entries(search).find(([name]) => name === part)]);

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
export const useLeaving = (unsaved: Unsaved, part?: string) =>
  useBlocker({
    shouldBlockFn: ({ current, next }) => placeOf(current, part) !== placeOf(next, part) && unsaved(),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });

type Props = Readonly<{
  unsaved: Unsaved;
  /** Of the page's search only this leads away from the form; what else changes in it leaves the form where it is. */
  part?: string;
}>;

const OfPage = ({ unsaved, part }: Props) => {
  const blocker = useLeaving(unsaved, part);
  return (
    <LeaveQuestion
      asked={blocker.status === 'blocked'}
      onStay={() => blocker.reset?.()}
      onLeave={() => blocker.proceed?.()}
    />
  );
};

/** Asks before somebody leaves what is not saved: the page, or the dialog that it is in. */
export const LeaveGuard = ({ unsaved, part }: Props) => {
  const dialog = useContext(FormDialog);
  useEffect(() => dialog?.holds(unsaved), [dialog, unsaved]);
  return dialog === null ? <OfPage unsaved={unsaved} {...(part === undefined ? {} : { part })} /> : null;
};
