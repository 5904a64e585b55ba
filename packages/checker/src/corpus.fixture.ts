import { existsSync, readFileSync } from 'node:fs';
import { needs } from '@farwatch/testkit';

/** For tests: data kept beside the repository, which a plain clone doesn't have. */
const folder = new URL('../../../../shared/corpora/', import.meta.url);
export const corpora = needs('../shared/corpora', existsSync(folder));
export const corpusBytes = (path: string): Buffer => readFileSync(new URL(path, folder));
/** The rows of a JSONL file; none when the folder isn't there. */
export const corpusRows = <T>(path: string, bytes: (path: string) => Buffer = corpusBytes): readonly T[] =>
  existsSync(folder)
    ? bytes(path)
        .toString('utf8')
        .trim()
        .split('\n')
        .map((line): T => JSON.parse(line))
    : [];
