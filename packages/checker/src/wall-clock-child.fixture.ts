import { writeFileSync } from 'node:fs';
import { startTarget } from '@farwatch/testkit';
import { lookAt } from './look.fixture.ts';

// Under libfaketime: a look during which the wall clock is set. Arguments: the file that sets it, and by how much.
const [file = '', jump = '+0'] = process.argv.slice(2);
await using target = await startTarget((_, res) => {
  setTimeout(() => {
    writeFileSync(file, jump);
    res.write('half');
    setTimeout(() => res.end(), 200);
  }, 200);
});
const before = Date.now();
const { totalMs, phases, outcome } = await lookAt(target.url, { timeoutMs: 3_000 });
process.stdout.write(JSON.stringify({ jumpedMs: Date.now() - before, totalMs, phases, outcome }));
