import { type Fifo, fifo } from './fifo.ts';

/** So many hosts' addresses are remembered; the one heard of longest ago goes first. */
const mostAddresses = 50_000;
/** Many hosts may share an address, and then a machine: together they get this many times one host's places. */
const hostsPerAddress = 4;

/** Where a look at this URL goes first: name and port. What is no URL is a host of its own. */
export const hostOf = (url: string): string => {
  const parsed = URL.parse(url);
  if (parsed === null) return url;
  return `${parsed.hostname}:${parsed.port || (parsed.protocol === 'https:' ? 443 : 80)}`;
};

/** It has a place at its host, and at its host's address, until `leave` is called. */
export type Placed<T> = Readonly<{ item: T; leave: () => void }>;

export type HostLimits<T> = Readonly<{
  /** Waits for a place, behind what came before. */
  wait: (host: string, item: T) => void;
  /** The first that a place is free for: who is at a full host is passed, and comes first once there is room. */
  take: () => Placed<T> | undefined;
  /** A look at this host was answered from there; null = from nowhere, and nothing is learnt. */
  heard: (host: string, address: string | null) => void;
  /** Takes out all that wait. Those that have a place keep it. */
  empty: () => readonly T[];
}>;

type Address<T> = { readonly name: string; busy: number; readonly line: Fifo<Host<T>> };
/**
 * `listed`: in the line of an address, or among those to be asked again; never in two. `from`: the address in whose line
 * it stood and whose next host comes when it leaves room there.
 */
type Host<T> = {
  readonly name: string;
  busy: number;
  readonly line: Fifo<T>;
  listed: boolean;
  from: Address<T> | undefined;
};

/** The addresses that hosts were last seen at. It is known after a look only, so a host's first looks have no such limit. */
const openAddressBook = (most: number) => {
  const seenAt = new Map<string, string>();
  return {
    of: (host: string): string | undefined => seenAt.get(host),
    heard: (host: string, address: string | null): void => {
      if (address === null || address === '') return;
      seenAt.delete(host);
      seenAt.set(host, address);
      if (seenAt.size <= most) return;
      for (const oldest of seenAt.keys()) return void seenAt.delete(oldest);
    },
  };
};

/**
 * Who waits for whom: items in the line of their host, hosts whose address is full in the line of that address. A place
 * that becomes free calls only those who wait for it, so each item costs the same however many wait.
 */
export const openHostLimits = <T>(perHost: number, most = mostAddresses): HostLimits<T> => {
  const perAddress = perHost * hostsPerAddress;
  const book = openAddressBook(most);
  const hosts = new Map<string, Host<T>>();
  const addresses = new Map<string, Address<T>>();
  const fresh = fifo<Readonly<{ host: string; item: T }>>();
  const again = fifo<Host<T>>();

  const hostNamed = (name: string): Host<T> => {
    const host = hosts.get(name) ?? { name, busy: 0, line: fifo<T>(), listed: false, from: undefined };
    hosts.set(name, host);
    return host;
  };
  const addressOf = (host: string): Address<T> | undefined => {
    const name = book.of(host);
    if (name === undefined) return undefined;
    const address = addresses.get(name) ?? { name, busy: 0, line: fifo<Host<T>>() };
    addresses.set(name, address);
    return address;
  };
  const forgetIdle = (host: Host<T> | undefined, address: Address<T> | undefined): void => {
    if (host?.busy === 0 && host.line.size() === 0 && !host.listed) hosts.delete(host.name);
    if (address?.busy === 0 && address.line.size() === 0) addresses.delete(address.name);
  };
  const askAgain = (host: Host<T>): void => {
    if (host.listed || host.line.size() === 0 || host.busy >= perHost) return;
    host.listed = true;
    again.push(host);
  };
  const callNext = (address: Address<T> | undefined): void => {
    if (address === undefined || address.busy >= perAddress) return;
    const next = address.line.shift();
    if (next === undefined) return;
    next.from = address;
    again.push(next);
  };
  const place = (host: Host<T>, address: Address<T> | undefined, item: T): Placed<T> => {
    host.busy += 1;
    if (address !== undefined) address.busy += 1;
    return {
      item,
      leave: () => {
        host.busy -= 1;
        if (address !== undefined) address.busy -= 1;
        callNext(address); // before its own host, or one with many monitors would keep the address to itself
        askAgain(host);
        forgetIdle(host, address);
      },
    };
  };
  const takeFrom = (host: Host<T>): Placed<T> | undefined => {
    if (host.busy >= perHost || host.line.size() === 0) return undefined;
    const address = addressOf(host.name);
    if (address !== undefined && address.busy >= perAddress) {
      host.listed = true;
      address.line.push(host);
      return undefined;
    }
    const item = host.line.shift() as T; // its line is not empty
    const placed = place(host, address, item);
    askAgain(host);
    return placed;
  };
  const takeAgain = (): Placed<T> | undefined => {
    for (let host = again.shift(); host !== undefined; host = again.shift()) {
      const { from } = host;
      host.listed = false;
      host.from = undefined;
      const placed = takeFrom(host);
      callNext(from); // when it went elsewhere, the room is the next one's
      forgetIdle(undefined, from);
      if (placed !== undefined) return placed;
    }
    return undefined;
  };
  const takeFresh = (): Placed<T> | undefined => {
    for (let next = fresh.shift(); next !== undefined; next = fresh.shift()) {
      const host = hostNamed(next.host);
      host.line.push(next.item);
      const placed = host.listed ? undefined : takeFrom(host);
      if (placed !== undefined) return placed;
    }
    return undefined;
  };
  return {
    wait: (host, item) => fresh.push({ host, item }),
    take: () => takeAgain() ?? takeFresh(),
    heard: book.heard,
    empty: () => {
      const all = [...hosts.values()].flatMap(({ line }) => [...line.empty()]);
      again.empty();
      for (const address of [...addresses.values()]) {
        address.line.empty();
        forgetIdle(undefined, address);
      }
      for (const host of [...hosts.values()]) {
        host.listed = false;
        host.from = undefined;
        forgetIdle(host, undefined);
      }
      return [...all, ...fresh.empty().map(({ item }) => item)];
    },
  };
};
