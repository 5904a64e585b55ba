import { Fragment, type ReactNode } from 'react';
import { Instant } from './instant.tsx';

/** As the API writes a moment into a sentence: `2026-11-20 14:00:00 UTC`. */
const written = /(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{3})?) UTC/gu;

type Part = Readonly<{ text: string; at: string | null }>;

/** What looks like a moment and is none, as somebody may name a monitor, stays as it is. */
const partsOf = (text: string): readonly Part[] => {
  const parts: Part[] = [];
  let from = 0;
  for (const { 0: whole, 1: day, 2: time, index } of text.matchAll(written)) {
    const at = `${day}T${time}Z`;
    if (Number.isNaN(Date.parse(at))) continue;
    parts.push({ text: text.slice(from, index), at: null }, { text: whole, at });
    from = index + whole.length;
  }
  return [...parts, { text: text.slice(from), at: null }];
};

/** Whether a sentence tells a moment. */
export const tellsMoment = (text: string): boolean => partsOf(text).some(({ at }) => at !== null);

/** A sentence of the API, its moments told in the reader's zone. */
export const InZone = ({ text }: { readonly text: string }): ReactNode =>
  partsOf(text).map((part, place) => (
    <Fragment key={place}>{part.at === null ? part.text : <Instant at={part.at} />}</Fragment>
  ));
