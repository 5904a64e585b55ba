import { Fragment, type ReactNode, useDeferredValue, useEffect, useState } from 'react';

type Part = Readonly<{
  key: string;
  /** Its first answer is under way; until it is there the part has another size. */
  waits: boolean;
  shows: ReactNode;
}>;

/** Nobody is kept longer from what is there already by an answer that does not come. */
const patienceMs = 8_000;

const usePatience = (): boolean => {
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  return patient;
};

/**
 * Parts below each other, each as soon as all before it have their sizes: what is read already moves no more. What was
 * shown once stays, also while it is asked for again.
 */
export const InTurn = ({ parts }: { readonly parts: readonly Part[] }) => {
  const patient = usePatience();
  const waiting = patient ? parts.findIndex(({ waits }) => waits) : -1;
  const turn = waiting < 0 ? parts.length : waiting + 1;
  const [reached, setReached] = useState(turn);
  if (turn > reached) setReached(turn);
  // Many whose turn comes at once are drawn in slices: a press meanwhile is answered at once.
  const drawn = useDeferredValue(Math.max(turn, reached));
  return parts.slice(0, drawn).map(({ key, shows }) => <Fragment key={key}>{shows}</Fragment>);
};
