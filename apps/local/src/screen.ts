import { relative } from 'node:path';
import { styleText } from 'node:util';
import { Problem } from './problem.ts';

type Tone = 'bold' | 'dim' | 'green' | 'red' | 'yellow' | 'cyan';

/** What the person at the terminal sees. Plain lines: they read the same in a terminal, a file and a CI log. */
export type Screen = Readonly<{
  say: (line: string) => void;
  warn: (line: string) => void;
  fail: (line: string) => void;
  /** Tells what is being done while it is done, and how long it took. */
  step: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  started: (facts: readonly (readonly [string, string])[], url: string, next: string, tookMs: number) => void;
}>;

type Out = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

export const openScreen = (out: Out, errors: Out): Screen => {
  const paint = (tone: Tone, text: string): string =>
    out.isTTY ? styleText(tone, text, { validateStream: false }) : text;
  let underWay = ''; // the step that stands on the last line of a terminal, without its end yet
  const line = (text: string): void => {
    const clear = underWay === '' ? '' : '\r\u001B[2K';
    out.write(`${clear}${text}\n${underWay}`);
  };
  return {
    say: (text) => line(`  ${text}`),
    warn: (text) => line(`  ${paint('yellow', '!')} ${text}`),
    fail: (text) => void errors.write(`  ${paint('red', '✗')} ${text}\n`),
    step: async (name, work) => {
      const begun = performance.now();
      underWay = out.isTTY ? `  ${paint('dim', '·')} ${name} …` : '';
      out.write(underWay);
      let mark = paint('green', '✓');
      try {
        return await work();
      } catch (error) {
        mark = error instanceof Problem ? paint('red', '✗') : paint('dim', '-'); // left half-way, or a bug
        throw error;
      } finally {
        const took = paint('dim', seconds(performance.now() - begun));
        out.write(underWay === '' ? '' : '\r\u001B[2K');
        underWay = '';
        line(`  ${mark} ${name}  ${took}`);
      }
    },
    started: (facts, url, next, tookMs) => {
      const width = Math.max(...facts.map(([name]) => name.length), 4);
      line('');
      line(`  ${paint('bold', 'Open'.padEnd(width))}  ${paint('cyan', url)}`);
      line(`  ${paint('bold', 'Then'.padEnd(width))}  ${next}`);
      line('');
      for (const [name, text] of facts) line(`  ${paint('dim', name.padEnd(width))}  ${text}`);
      line('');
      line(`  Ready in ${seconds(tookMs)}.`);
    },
  };
};

/** A path as one would type it in the clone: relative where it lies below. */
export const shortPath = (root: string, path: string): string => {
  const short = relative(root, path);
  return short === '' || short.startsWith('..') ? path : short;
};
