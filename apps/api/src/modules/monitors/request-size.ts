import { Buffer } from 'node:buffer';
import type { FieldFault } from '../../plugins/problems.ts';
import type { Settings } from './settings.ts';

type Sized = Pick<Settings, 'headers' | 'body' | 'assertions'>;

/** So much a probe has to be told of one monitor, at most, besides what is short in every monitor. */
export const maxRequestBytes = 64 * 1_024;

/** As JSON, which is how it is stored and how it travels: a control character has six bytes there. */
const bytesOf = (part: unknown): number => Buffer.byteLength(JSON.stringify(part));

const sizesOf = ({ headers, body, assertions }: Sized) => ({
  headers: bytesOf(headers),
  body: body === null ? 0 : bytesOf(body),
  assertions: bytesOf(assertions),
});
const sum = (sizes: ReturnType<typeof sizesOf>): number => Object.values(sizes).reduce((a, b) => a + b, 0);
export const maxHeaders = 20;
/** A patch may name more: those that it takes away. */
export const countFaults = ({ headers }: Pick<Settings, 'headers'>): readonly FieldFault[] => {
  const detail = `A monitor may have ${maxHeaders} headers.`;
  return Object.keys(headers).length <= maxHeaders ? [] : [{ pointer: '/headers', code: 'too-many', detail }];
};

const inKib = (bytes: number): string => `${Math.ceil((bytes / 1_024) * 10) / 10} KiB`;

/** One that was bigger before there was a limit may stay as big as it is. `before`: null = it is new. */
export const sizeFaults = (before: Sized | null, after: Sized): readonly FieldFault[] => {
  const sizes = sizesOf(after);
  const allowed = Math.max(maxRequestBytes, before === null ? 0 : sum(sizesOf(before)));
  if (sum(sizes) <= allowed) return [];
  const [[biggest, bytes] = ['body', 0]] = Object.entries(sizes).toSorted(([, a], [, b]) => b - a);
  const detail = `Headers, body and assertions have ${inKib(sum(sizes))} together, as JSON, and may have ${inKib(maxRequestBytes)}. The biggest: ${biggest}, ${inKib(bytes)}.`;
  return [{ pointer: `/${biggest}`, code: 'request-too-large', detail }];
};
