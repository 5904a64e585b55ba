import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** A file that can't be read, in words. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a directory',
};
const whyNot = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
};
export const nameOf = (file: string): string => (file === '-' ? 'standard input' : file);

/** The bytes of a file, or of standard input, as they come. */
export async function* bytesOf(file: string, stdin: Readable): AsyncGenerator<Buffer> {
  try {
    if (file !== '-' && (await stat(file)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    const source = file === '-' ? stdin : createReadStream(file, { highWaterMark: 262_144 });
    for await (const chunk of source) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
  } catch (error) {
    throw new Error(`${nameOf(file)}: ${whyNot(error)}`);
  }
}

/** A file's first characters; nothing where it can't be read. */
export const beginOf = async (file: string): Promise<string> => {
  const handle = await open(file).catch(() => null);
  try {
    const { buffer, bytesRead } = (await handle?.read(Buffer.alloc(400), 0, 400)) ?? {
      buffer: Buffer.alloc(0),
      bytesRead: 0,
    };
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return '';
  } finally {
    await handle?.close();
  }
};

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';
const isGzip = (start: Buffer): boolean => start[0] === 0x1f && start[1] === 0x8b;

/** Shells of Windows write what they are told in UTF-16. */
export const encodingOf = (start: Buffer): Encoding => {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
};

/** Why a file's beginning is no text; null = it is some. */
export const noTextOf = (start: Buffer): string | null => {
  if (isGzip(start)) return 'it is compressed: zcat FILE | farwatch explain -';
  if (encodingOf(start) !== 'utf-8') return null;
  if (start.includes(0)) return 'it is no text';
  const controls = start.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 27) ? 1 : 0), 0);
  return controls * 20 > start.length ? 'it is no text' : null;
};
