import { useState } from 'react';

/**
 * For a field whose value lives in the URL and that is typed into: calls `follow` when what the URL tells changed by
 * itself (the back button, a saved view), and not when it is the echo of what the field said through the answer's function.
 */
export const useTold = (told: string, follow: () => void): ((said: string) => void) => {
  const [seen, setSeen] = useState(told);
  const [said, setSaid] = useState<readonly string[]>([]);
  if (seen !== told) {
    setSeen(told);
    const echo = said.indexOf(told);
    setSaid(echo === -1 ? [] : said.slice(echo + 1));
    if (echo === -1) follow();
  }
  return (text) => setSaid((before) => [...before, text]);
};
