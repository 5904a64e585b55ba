import type { AddressFamily, CheckTrigger, Verdict } from '@farwatch/domain';

// The numbers that words have in the response log. Stored for good: a new word gets the next number, none is used again.
const familyCodes: Readonly<Record<AddressFamily, number>> = { any: 0, ipv4: 1, ipv6: 2 };
// 3 is kept for `burst`, as the view `check_result` reads it.
const triggerCodes: Readonly<Record<CheckTrigger, number>> = { schedule: 0, confirmation: 1, request: 2 };
const verdictCodes: Readonly<Record<Verdict, number>> = { up: 0, degraded: 1, down: 2, inconclusive: 3, missed: 4 };

const wordsOf = <W extends string>(codes: Readonly<Record<W, number>>): readonly W[] =>
  // The keys of a Record are its own words.
  (Object.keys(codes) as W[]).toSorted((a, b) => codes[a] - codes[b]);
const families = wordsOf(familyCodes);
const triggers = wordsOf(triggerCodes);
const verdicts = wordsOf(verdictCodes);

const wordAt = <W>(words: readonly W[], code: number): W => {
  const word = words[code];
  if (word === undefined) throw new RangeError(`the response log has no word with the number ${code}`);
  return word;
};

/** A bit for each of these verdicts. */
export const verdictMask = (verdicts: readonly Verdict[]): number =>
  verdicts.reduce((mask, verdict) => mask | (1 << verdictCodes[verdict]), 0);

/** A bit for each of these triggers. */
export const triggerMask = (wanted: readonly CheckTrigger[]): number =>
  wanted.reduce((mask, trigger) => mask | (1 << triggerCodes[trigger]), 0);

/** Where a look was from: the region's key and the address family. */
export const placeOf = (regionKey: number, family: AddressFamily): number => regionKey * 4 + familyCodes[family];
export const regionKeyOf = (place: number): number => place >> 2;
export const familyOf = (place: number): AddressFamily => wordAt(families, place & 3);

/** Verdict and trigger in one number. */
export const kindOf = (verdict: Verdict, trigger: CheckTrigger): number =>
  verdictCodes[verdict] + 8 * triggerCodes[trigger];
export const verdictCodeOf = (kind: number): number => kind & 7;
export const verdictOf = (kind: number): Verdict => wordAt(verdicts, kind & 7);
export const triggerCodeOf = (kind: number): number => kind >> 3;
export const triggerOf = (kind: number): CheckTrigger => wordAt(triggers, kind >> 3);
