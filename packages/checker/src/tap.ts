import type { Socket } from 'node:net';
import type { HttpVersion } from '@farwatch/domain';

/** What undici does not tell of an HTTP/1 answer: its version, and how many bytes came. */
export type Tap = Readonly<{
  bytes: () => number;
  version: () => HttpVersion;
  /** Length of the final head; null when it can't be told. */
  headBytes: () => number | null;
  /** An interim answer came: where the final head ends can't be told any more. */
  interim: () => void;
}>;

const enough = 64 * 1_024;

/** Looks at what undici's parser takes from a socket, chunk by chunk, and hands it on. */
export const tapOn = (socket: Socket): Tap => {
  const read = socket.read.bind(socket);
  const first: Buffer[] = [];
  let bytes = 0;
  let kept = 0;
  let known = true;
  socket.read = (size?: number): unknown => {
    const chunk: unknown = read(size);
    if (chunk instanceof Buffer) {
      bytes += chunk.length;
      if (kept < enough) {
        first.push(chunk);
        kept += chunk.length;
      }
    }
    return chunk;
  };
  return {
    bytes: () => bytes,
    version: () => (first[0]?.toString('latin1', 0, 8) === 'HTTP/1.0' ? '1.0' : '1.1'),
    headBytes: () => {
      const end = known ? Buffer.concat(first).indexOf('\r\n\r\n') : -1;
      return end === -1 ? null : end + 4;
    },
    interim: () => {
      known = false;
    },
  };
};
