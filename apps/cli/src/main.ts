#!/usr/bin/env node
import { runCheck } from './check.ts';
import { runExplain } from './explain.ts';
import { runReplay } from './replay.ts';

/** Every command there is, one file each. */
const commands: Readonly<Record<string, (args: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>>> = {
  check: runCheck,
  explain: runExplain,
  replay: runReplay,
};

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
