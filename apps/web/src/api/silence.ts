/**
 * Calls `onSilent` once nothing has been heard for `patienceMs`: a line to a server that hangs, or over a network that was
 * left, gives no error for minutes.
 */
export const watchSilence = (patienceMs: number, onSilent: () => void) => {
  let heardAt = Date.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waitFor = (ms: number): void => {
    timer = setTimeout(() => {
      const left = heardAt + patienceMs - Date.now();
      if (left > 0) waitFor(left);
      else onSilent();
    }, ms);
  };
  waitFor(patienceMs);
  return {
    heard: (): void => {
      heardAt = Date.now();
    },
    stop: (): void => clearTimeout(timer),
  };
};
