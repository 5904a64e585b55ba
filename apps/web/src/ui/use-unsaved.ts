import { useRef, useState } from 'react';

/** Whether something of `value` would be lost by leaving: it isn't what it was at first, and wasn't said to be saved. */
export const useUnsaved = (value: unknown) => {
  const now = JSON.stringify(value);
  const [first] = useState(now);
  const isSaved = useRef(false);
  return {
    unsaved: (): boolean => !isSaved.current && now !== first,
    saved: (): void => {
      isSaved.current = true;
    },
  };
};
