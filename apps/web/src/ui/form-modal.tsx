import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { FormDialog, type Loss } from './form-dialog.ts';
import { LeaveQuestion, useLeaving } from './leave-guard.tsx';

/** What the forms within would lose, until somebody says that it may. */
const useHeld = () => {
  const held = useRef(new Set<() => Loss | null>());
  const isGivenUp = useRef(false);
  const dialog = useMemo(
    () => ({
      holds: (loss: () => Loss | null) => {
        const all = held.current;
        all.add(loss);
        return () => void all.delete(loss);
      },
    }),
    [],
  );
  return {
    dialog,
    losing: (): Loss | null =>
      isGivenUp.current ? null : ([...held.current].map((loss) => loss()).find(Boolean) ?? null),
    giveUp: (): void => {
      isGivenUp.current = true;
    },
  };
};

/** Mantine gives the focus back when a dialog closes; one that is taken away open has nobody to do it. */
const useFocusBack = (): void => {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
};

type Props = Readonly<{
  title: ReactNode;
  size: NonNullable<ModalProps['size']>;
  /** What opens below a field may reach out of the dialog. */
  reachesOut?: boolean;
  onClose: () => void;
  /** `close` asks first where something would be lost. */
  children: (close: () => void) => ReactNode;
}>;

/** A dialog with a form that says what it would lose (LeaveGuard): neither Escape, nor the cross, nor going back loses it unasked. */
export const FormModal = ({ title, size, reachesOut = false, onClose, children }: Props) => {
  useFocusBack();
  const { dialog, losing, giveUp } = useHeld();
  const unsaved = (): boolean => losing() !== null;
  const [closing, setClosing] = useState(false);
  /** What the question was asked of last: its words stay while it goes. */
  const asking = useRef<Loss>('changes');
  const blocker = useLeaving(unsaved);
  const asked = closing || blocker.status === 'blocked';
  asking.current = losing() ?? asking.current;
  const close = (): void => (unsaved() ? setClosing(true) : onClose());
  const stay = (): void => {
    setClosing(false);
    blocker.reset?.();
  };
  const leave = (): void => {
    giveUp();
    if (closing) onClose();
    else blocker.proceed?.();
  };
  return (
    <>
      {/* Both dialogs hear every Escape: while the question stands it is the question’s. */}
      <Modal
        opened
        onClose={close}
        title={title}
        size={size}
        closeOnClickOutside={false}
        closeOnEscape={!asked}
        centered
        {...(reachesOut ? { styles: { content: { overflow: 'visible' } } } : {})}
      >
        <FormDialog value={dialog}>{children(close)}</FormDialog>
      </Modal>
      <LeaveQuestion asked={asked} losing={asking.current} onStay={stay} onLeave={leave} />
    </>
  );
};
