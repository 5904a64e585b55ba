import { connect } from 'node:net';
import { json } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { startNameServer } from '@farwatch/testkit';
import { type Everywhere, type Heard, listenEverywhere } from './everywhere.fixture.ts';
import { lookAt, said } from './look.fixture.ts';

// The inside of `lookEverywhere`: a program of its own, since a process can't change its network.
const { names, locations, looks, unguarded = [] } = (await json(process.stdin)) as Everywhere; // its only caller types it
const listener = await listenEverywhere(locations);
const asked = new Map<string, number>();
const nameServer = await startNameServer((name, family = 4) => {
  const turns = names[name]?.[family] ?? ['NXDOMAIN'];
  const question = asked.get(`${name} ${family}`) ?? 0;
  asked.set(`${name} ${family}`, question + 1);
  return turns[Math.min(question, turns.length - 1)] ?? [];
});

const rules = { allowCidrs: [], dnsServers: [nameServer.server] };
const came: Heard['looks'][number][] = [];
for (const { url, ...asked } of looks) {
  const answer = await lookAt(url, asked, rules);
  came.push({ said: said(answer), reached: answer.remoteAddress, tried: answer.details.hops.at(-1)?.tried ?? [] });
}
const dialUnguarded = (host: string): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect({ host, port: 80, autoSelectFamily: false });
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
for (const address of unguarded) await dialUnguarded(address);

await turn(); // what was dialled last is accepted by now
const heard: Heard = { looks: came, dialled: await listener.dialled() };
process.stdout.write(JSON.stringify(heard));
await nameServer[Symbol.asyncDispose]();
