import { isUtf8 } from 'node:buffer';
import { readRecordedAnswer } from '@farwatch/checker';
import type { Pasted } from '@farwatch/diagnosis';

/** Where the body of an answer begins; null = these are not the bytes of one. */
const bodyAt = (bytes: Buffer): number | null => {
  if (bytes.subarray(0, 7).toString('latin1') !== 'HTTP/1.') return null;
  const end = /\r?\n\r?\n/u.exec(bytes.subarray(0, 65_536).toString('latin1'));
  return end === null ? null : end.index + end[0].length;
};

/** Whether a file holds an answer as it came over the wire, with a body that is no text: compressed, or something else. */
export const isRecorded = (start: Buffer): boolean => {
  const at = bodyAt(start);
  if (at === null || at >= start.length) return false;
  const body = start.subarray(at);
  // What was read ends anywhere, perhaps amid a character.
  const isText = [0, 1, 2, 3].some((cut) => isUtf8(body.subarray(0, Math.max(0, body.length - cut))));
  const isLegacy = !/\r?\ncontent-encoding:/iu.test(start.subarray(0, at).toString('latin1')) && !body.includes(0);
  return body.includes(0) || !(isText || isLegacy);
};

const chunked = /\r?\ntransfer-encoding: *chunked(?=\r?\n)/iu;
/** `curl -i` takes the chunks' sizes away and leaves the header. */
const withoutChunks = (bytes: Buffer, at: number): Buffer => {
  const head = bytes.subarray(0, at).toString('latin1');
  const hasSizes = /^[0-9a-f]{1,8}[;\r]/iu.test(bytes.subarray(at, at + 12).toString('latin1'));
  if (hasSizes || !chunked.test(head)) return bytes;
  return Buffer.concat([Buffer.from(head.replace(chunked, ''), 'latin1'), bytes.subarray(at)]);
};

/** Reads such a file as a look would have read the answer; null = it is none. */
export const recordedPage = async (bytes: Buffer): Promise<Pasted | null> => {
  const read = await readRecordedAnswer(withoutChunks(bytes, bodyAt(bytes) ?? 0));
  if (read === null) return null;
  const { status, reason, version, headers } = read.head;
  return {
    ...{ url: null, method: 'GET', address: null, waitedMs: null, findings: read.findings, statusFrom: 'head' },
    failure: read.fault === null ? null : { kind: 'network', phase: 'protocol', code: read.fault },
    answer: {
      ...{ status, reason: reason === '' ? null : reason, httpVersion: version, headers },
      ...{ body: read.body.toString('utf8').slice(0, 65_536), bodyBytes: read.body.length },
    },
  };
};
