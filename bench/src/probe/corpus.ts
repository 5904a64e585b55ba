import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { startRawTarget } from '@farwatch/testkit';
import { forgetPeak, residentMiB } from '../process-use.ts';
import type { Figure } from '../report.ts';
import { startAsked } from './child.ts';
import type { Ask, Course } from './looker-asks.ts';

/** Data kept beside the repository, which a plain clone doesn't have. */
const folder = new URL('../../../../shared/corpora/http/', import.meta.url);
const timeoutMs = 500;
const concurrency = 29;
const passes = 3;
const endings = ['end', 'resetAndDestroy', 'ref'] as const; // closed, reset, left open

const rowsOf = <T>(text: string): readonly T[] =>
  text
    .trim()
    .split('\n')
    .map((line): T => JSON.parse(line));

const readAnswers = (): readonly Buffer[] => {
  const llhttp = readFileSync(new URL('llhttp-responses.jsonl', folder), 'utf8');
  const curl = gunzipSync(readFileSync(new URL('curl-replies-plain-get.jsonl.gz', folder))).toString('utf8');
  return [
    ...rowsOf<{ raw_b64: string }>(llhttp).map((row) => row.raw_b64),
    ...rowsOf<{ replies_crlf: { data?: string } }>(curl).map((row) => row.replies_crlf.data ?? ''),
  ].map((text) => Buffer.from(text, 'base64'));
};

/** `/17/1`: the 17th answer, and what then becomes of the connection. */
const answerOn = (socket: Socket, answers: readonly Buffer[]): void => {
  socket.once('data', (asked) => {
    const [row, ending] = /^GET \/(\d+)\/(\d+)/u.exec(asked.toString('latin1'))?.slice(1).map(Number) ?? [];
    socket.write(answers[row ?? 0] ?? '', () => void socket[endings[ending ?? 0] ?? 'end']());
  });
};

/** Every raw answer of the corpora, with every ending, several times over. */
export const corpus = async (): Promise<readonly Figure[]> => {
  if (!existsSync(folder)) {
    process.stdout.write('  left out: ../shared/corpora is not there\n');
    return [];
  }
  const answers = readAnswers();
  await using site = await startRawTarget((socket) => answerOn(socket, answers));
  await using looker = await startAsked<Ask, Course>('./looker.ts', { execArgv: ['--expose-gc'] });
  const requests = answers.flatMap((_, row) =>
    endings.map((_name, ending) => ({ url: `${site.url}/${row}/${ending}`, timeoutMs, maxRedirects: 0 })),
  );
  await forgetPeak(looker.pid);
  const before = await residentMiB(looker.pid);
  const all = Array.from({ length: passes }, () => requests).flat();
  const { mostHeldMiB, keptMiB } = await looker.ask({ requests: all, concurrency });
  const grown = (await residentMiB(looker.pid, 'VmHWM')) - before;
  const name = `${all.length} looks at raw answers:`;
  return [
    { name: `${name} heap and buffers, growth at most`, value: mostHeldMiB, unit: 'MiB', wanted: '< 50' },
    { name: `${name} heap and buffers, growth in the end`, value: keptMiB, unit: 'MiB', wanted: '< 50' },
    { name: `${name} resident, growth at most`, value: grown, unit: 'MiB' },
  ];
};
