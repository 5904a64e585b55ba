import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { programOnPath } from './on-path.ts';

type Ways = Readonly<{ nowhere?: readonly string[]; vanishing?: readonly string[] }>;

// `local` routes make every address one of this machine's; what is in `nowhere` has no route at all, and what goes to
// `vanishing` is swallowed by a bridge that nothing else is on.
const setUp = ({ nowhere = [], vanishing = [] }: Ways): string =>
  [
    'ip link set lo up',
    'ip route add local 0.0.0.0/0 dev lo',
    'ip -6 route add local ::/0 dev lo',
    ...nowhere.map((address) => `ip ${address.includes(':') ? '-6 ' : ''}route add unreachable ${address} table local`),
    ...(vanishing.length === 0 ? [] : ['ip link add gone type bridge', 'ip link set gone arp off up']),
    ...(vanishing.length === 0 ? [] : ['ip address add 198.51.100.1/32 dev gone']),
    ...vanishing.map((address) => `ip route add ${address} dev gone src 198.51.100.1 table local`),
  ].join(' && ');

const inside = (command: string): readonly string[] => [
  process.getuid?.() === 0 ? '-n' : '-rn', // who isn't root becomes it inside, where the kernel lets him
  ...['sh', '-c', command, 'sh'],
];

/** Whether this machine can give a process a network of its own; asks once by trying. */
export const ownNetworkAvailable = (): boolean =>
  process.platform === 'linux' &&
  programOnPath('unshare') !== null &&
  spawnSync('unshare', inside(setUp({})), { stdio: 'ignore', timeout: 10_000 }).status === 0;

/**
 * Runs a script with this Node in a network of its own, where every address (but those in `nowhere` and, of IPv4, `vanishing`) is the machine
 * itself: a listener on `::` hears whatever is dialled, and nothing leaves. `input` goes in as JSON, and what the script
 * writes comes out; it is killed after `timeoutMs`.
 */
export const runInOwnNetwork = async (
  script: URL,
  input: unknown,
  { timeoutMs = 60_000, ...ways }: Ways & Readonly<{ timeoutMs?: number }> = {},
): Promise<unknown> => {
  const args = inside(`${setUp(ways)} && exec "$@"`);
  const child = spawn('unshare', [...args, process.execPath, fileURLToPath(script)], {
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined); // it went away; its end says why
  child.stdin.end(JSON.stringify(input));
  const [written, complaints] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${script.pathname} ended with ${child.exitCode}: ${complaints}`);
  return JSON.parse(written);
};
