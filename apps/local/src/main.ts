import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDataDir, openSecrets } from './data-dir.ts';
import { restartOnChange } from './dev.ts';
import { claimPort } from './free-port.ts';
import { buildHouse } from './house.ts';
import { type Leave, listenForLeave } from './leave.ts';
import { takeLock } from './lock.ts';
import { watchMails } from './mails.ts';
import { endOrphans, killAtOnce, openRoll } from './orphans.ts';
import { dataDirProblem, oneLine, Problem } from './problem.ts';
import { rotateKeys } from './rotate-keys.ts';
import { openScreen, type Screen, shortPath } from './screen.ts';
import { localUrl, readSettings, type Settings } from './settings.ts';

// One machine, one command: started by bin/start.mjs once packages, client and dashboard are there.

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

type Work = 'live' | 'dev' | 'rotate-keys';
type Start = Readonly<{ settings: Settings; screen: Screen; leave: Leave; work: Work; begunAt: number }>;

const factsOf = ({ settings }: Start): readonly (readonly [string, string])[] => {
  const short = (path: string): string => shortPath(settings.root, path);
  const mail = settings.hasSmtp
    ? 'sent through SMTP_URL'
    : `SMTP_URL is not set: mails are written to ${short(join(settings.dataDir, 'mail'))}/ and listed here as they come`;
  return [
    ['Mail', mail],
    ['Data', `${short(settings.dataDir)}/ (logs in ${short(join(settings.dataDir, 'logs'))}/)`],
    ['Stop', 'Ctrl-C'],
  ];
};

const tellMails = async ({ settings, screen }: Start, stack: AsyncDisposableStack): Promise<void> => {
  if (settings.hasSmtp) return;
  const mailDir = join(settings.dataDir, 'mail');
  const end = await watchMails(mailDir, ({ subject, to, file }) => {
    screen.say(`Mail  ${oneLine(subject)}  to ${oneLine(to)}  ${shortPath(settings.root, join(mailDir, file))}`);
  });
  stack.defer(end);
};

const rotate = async ({ settings, screen, leave }: Start, stack: AsyncDisposableStack): Promise<void> => {
  const { signal: leaving, giveUp } = leave;
  const secrets = await openSecrets(settings.dataDir);
  const roll = openRoll(settings.dataDir);
  try {
    await rotateKeys({ settings, secrets, roll, screen, stack, leaving, giveUp });
  } catch (error) {
    if (!leaving.aborted) throw error;
    throw (await leave.asked) ?? new Problem('Stopped on the way; nothing is lost: run it again to seal the rest.');
  }
};

const workOf = (args: readonly string[]): Work =>
  args.includes('--rotate-keys') ? 'rotate-keys' : args.includes('--dev') ? 'dev' : 'live';

/** Runs until it is time to leave; everything that was started is stopped when it returns or throws. */
const live = async (start: Start): Promise<void> => {
  const { settings, screen, leave } = start;
  const { dataDir, host } = settings;
  await openDataDir(dataDir, process.getuid?.() === 0);
  await using stack = new AsyncDisposableStack();
  const lock = await takeLock(dataDir, screen.say);
  stack.defer(() => lock.release());
  lock.say('running', '');
  const orphans = await endOrphans(dataDir);
  if (orphans.length > 0) screen.say(`The last run was killed; stopped what it left behind: ${orphans.join(', ')}`);
  if (start.work === 'rotate-keys') return await rotate(start, stack); // awaited here: `stack` ends with this function
  const port = await claimPort(host, settings.port);
  const url = settings.publicUrl ?? localUrl(host, port);
  lock.say('running', url);
  const secrets = await openSecrets(dataDir);
  const roll = openRoll(dataDir);
  const { signal: leaving, giveUp } = leave;
  stack.defer(() => lock.say('stopping', url));
  const house = await buildHouse({ settings, secrets, roll, screen, port, stack, leaving, giveUp });
  const facts = [...house.facts, ...factsOf(start)];
  screen.started(facts, url, 'sign up and add the URL you want watched', Date.now() - start.begunAt);
  await tellMails(start, stack);
  if (start.work === 'dev') stack.defer(restartOnChange(settings.root, house.apps, screen.say));
  const problem = await leave.asked;
  lock.say('stopping', url);
  screen.say(
    problem === null ? 'Stopping: what is under way is let finish (Ctrl-C again ends it at once) …' : 'Stopping …',
  );
  await stack.disposeAsync();
  if (problem !== null) throw problem;
  screen.say('Stopped.');
};

const run = async (screen: Screen): Promise<number> => {
  const begunAt = Number(process.env.FARWATCH_BEGUN_AT ?? Date.now()); // by bin/start.mjs, before it prepared things
  let dataDir = '';
  const leave = listenForLeave(() => {
    screen.warn('Ending everything at once.');
    killAtOnce(dataDir);
    process.exit(1);
  });
  try {
    const settings = readSettings(process.env, root);
    dataDir = settings.dataDir;
    await live({ settings, screen, leave, work: workOf(process.argv), begunAt });
    return 0;
  } catch (error) {
    if (leave.signal.aborted && error === leave.signal.reason) {
      screen.say('Stopped before all was up.');
      return 0;
    }
    const known = dataDirProblem(error, dataDir);
    screen.fail(
      known instanceof Problem ? known.message : `This is a bug in Farwatch: ${known.stack ?? known.message}`,
    );
    return 1;
  }
};

for (const out of [process.stdout, process.stderr]) out.on('error', () => undefined); // a pipe that was closed: run on
process.exitCode = await run(openScreen(process.stdout, process.stderr));
if (process.connected) process.disconnect?.(); // the channel to bin/start.mjs would keep us alive
