/** One of a list to choose from: what is kept, and what people read. */
export type Choice = Readonly<{ value: string; label: string }>;

/** What people read for a value; `lost` for one that is not on the list any more. */
export const labelOf = (choices: readonly Choice[], value: string, lost: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? lost;
