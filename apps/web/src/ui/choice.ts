import { i18n, type MessageDescriptor } from '@lingui/core';

/** One of a list to choose from: what is kept, and what people read. */
export type Choice = Readonly<{ value: string; label: string }>;

/** What people read for a value; `lost` for one that is not on the list any more. */
export const labelOf = (choices: readonly Choice[], value: string, lost: string): string =>
  choices.find((choice) => choice.value === value)?.label ?? lost;

/** Choices whose words are messages, as people read them. */
export const said = <T extends string>(
  choices: readonly Readonly<{ value: T; label: MessageDescriptor }>[],
): readonly { value: T; label: string }[] => choices.map(({ value, label }) => ({ value, label: i18n.t(label) }));
