import { readFileSync, statSync } from 'node:fs';

const path = process.platform === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';
const recheckMs = 5_000;

/** Names of the machine's hosts file with their addresses. */
export const parseHosts = (text: string): ReadonlyMap<string, readonly string[]> => {
  const names = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address, ...hosts] = (line.split('#')[0] ?? '').trim().split(/\s+/u);
    if (address === undefined || address === '') continue;
    for (const host of hosts) names.set(host.toLowerCase(), [...(names.get(host.toLowerCase()) ?? []), address]);
  }
  return names;
};

let names: ReadonlyMap<string, readonly string[]> = new Map();
let checkedAt = Number.NEGATIVE_INFINITY;
let version = -1;

const refresh = (): void => {
  const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1;
  if (changed !== version) names = changed === -1 ? new Map() : parseHosts(readFileSync(path, 'utf8'));
  version = changed;
};

/** The addresses of a name in the hosts file, which is read again when it has changed; none when it isn't there. */
export const hostsFileLookup = (host: string): readonly string[] => {
  if (performance.now() - checkedAt > recheckMs) {
    checkedAt = performance.now();
    try {
      refresh();
    } catch {
      names = new Map(); // a file that may not be read says nothing
    }
  }
  return names.get(host.toLowerCase()) ?? [];
};
