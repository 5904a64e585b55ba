#!/usr/bin/env node
import { check, type Told } from './check.ts';
import { explainCase } from './explain.ts';
import { runReplay } from './replay.ts';

/** Standard output may be a pipe that takes its time: the process ends when it has taken all. */
const saying = async (doing: Promise<Told>): Promise<number> => {
  const { text, code } = await doing;
  process.stdout.write(text);
  return code;
};

/** Every command there is, one file each. */
const commands: Readonly<Record<string, (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>>> = {
  check: (args) => saying(check(args)),
  explain: (args) => saying(explainCase(args, process.stdin)),
  replay: runReplay,
};

// Whoever reads may stop early (`| head`): that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const [name = '', ...args] = process.argv.slice(2);
const known = `There are: ${Object.keys(commands).join(', ')}. farwatch COMMAND --help tells more.`;
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
if (name === '--help' || name === '-h' || name === 'help') process.stdout.write(`farwatch COMMAND …\n${known}\n`);
else if (command === undefined) {
  console.error(
    name === '' ? `farwatch: which command? ${known}` : `farwatch: there is no command “${name}”. ${known}`,
  );
  process.exitCode = 2;
} else {
  // Told without the stack: what went wrong is the caller's to mend.
  process.exitCode = await command(args, process.env).catch((error: unknown) => {
    console.error(`farwatch: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  });
}
