import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const kinds = new Set(['.js', '.css', '.html', '.svg']);
/** Below this a header costs more than is saved. */
const leastBytes = 200;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

const compress = async (path: string): Promise<void> => {
  const bytes = await readFile(path);
  if (bytes.length < leastBytes) return;
  // The best there is: it is paid for once, and a fourteenth smaller than what one would choose to wait for.
  const best = {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  };
  await Promise.all([
    writeFile(`${path}.br`, await brotli(bytes, best)),
    writeFile(`${path}.gz`, await zip(bytes, { level: 9 })),
  ]);
};

/** Writes `.br` and `.gz` beside each file once, at build, so that no request pays for compressing. */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  writeBundle: async ({ dir }) => {
    if (dir === undefined) return;
    const files = await readdir(dir, { recursive: true });
    await Promise.all(files.filter((file) => kinds.has(extname(file))).map((file) => compress(join(dir, file))));
  },
});
