import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';
import { useBlocker } from '@tanstack/react-router';
import { useContext, useEffect } from 'react';
import { Confirm } from './confirm.tsx';
import { FormDialog, type Loss } from './form-dialog.ts';

type Unsaved = () => boolean;
type Place = Readonly<{ pathname: string; search: object }>;

/** `part`: the only part of the search that leads elsewhere; all of it where none is named. */
const placeOf = ({ pathname, search }: Place, part: string | undefined): string =>
  JSON.stringify([pathname, part === undefined ? search : Object.entries(search).find(([name]) => name === part)]);

const words = {
  changes: {
    title: msg`Leave without saving?`,
    action: msg`Leave, and lose it`,
    body: msg`What you changed here is not saved yet.`,
  },
  secret: {
    title: msg`Close without the secret?`,
    action: msg`Close, and lose it`,
    body: msg`You have not copied it, and it is not shown again.`,
  },
} as const;

type Question = Readonly<{ asked: boolean; losing: Loss; onStay: () => void; onLeave: () => void }>;

/** The question itself: whether it is asked now, of what, and what follows either answer. */
export const LeaveQuestion = ({ asked, losing, onStay, onLeave }: Question) => {
  const { i18n } = useLingui();
  const { title, action, body } = words[losing];
  return (
    <Confirm
      opened={asked}
      title={i18n.t(title)}
      action={i18n.t(action)}
      busy={false}
      error={null}
      onClose={onStay}
      onConfirm={onLeave}
    >
      {i18n.t(body)}
    </Confirm>
  );
};

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
  losing?: Loss;
}>;

const OfPage = ({ unsaved, part, losing = 'changes' }: Props) => {
  const blocker = useLeaving(unsaved, part);
  return (
    <LeaveQuestion
      asked={blocker.status === 'blocked'}
      losing={losing}
      onStay={() => blocker.reset?.()}
      onLeave={() => blocker.proceed?.()}
    />
  );
};

/** Asks before somebody leaves what is not saved: the page, or the dialog that it is in. */
export const LeaveGuard = (props: Props) => {
  const { unsaved, losing = 'changes' } = props;
  const dialog = useContext(FormDialog);
  useEffect(() => dialog?.holds(() => (unsaved() ? losing : null)), [dialog, unsaved, losing]);
  return dialog === null ? <OfPage {...props} /> : null;
};
