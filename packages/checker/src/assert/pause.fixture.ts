/** For tests: the longest time for which the loop did nothing else while `work` was waited for. */
export const longestPause = async (work: () => Promise<unknown>): Promise<number> => {
  let [longest, last] = [0, performance.now()];
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 2);
  await work();
  clearInterval(timer);
  look();
  return longest;
};
