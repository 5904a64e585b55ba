import { ComboboxChevron, Input, InputBase } from '@mantine/core';
import { lazy, Suspense, useState, useTransition } from 'react';

const load = async () => ({ default: (await import('./many-select-drawn.tsx')).ManySelectDrawn });
const ManySelectDrawn = lazy(load);

type Props<T extends string> = Readonly<{
  label: string;
  /** What stands there while nothing is chosen. */
  none: string;
  all: readonly T[];
  word: (value: T) => string;
  chosen: readonly T[] | undefined;
  onChosen: (chosen: readonly T[] | undefined) => void;
}>;

type ClosedProps = Readonly<{ label: string; none: string; busy: boolean; onOpen?: () => void }>;
/** Beside Enter and the space bar, which press any button. */
const openers = new Set(['ArrowDown', 'ArrowUp']);

/** What the list looks like while nobody has touched it. Who comes near will probably open it. */
const Closed = ({ label, none, busy, onOpen }: ClosedProps) => (
  <InputBase
    component="button"
    type="button"
    role="combobox"
    aria-haspopup="listbox"
    aria-expanded={false}
    aria-label={label}
    aria-busy={busy || undefined}
    pointer
    rightSection={<ComboboxChevron />}
    rightSectionPointerEvents="none"
    onPointerEnter={() => void load()}
    onFocus={() => void load()}
    onClick={onOpen}
    onKeyDown={(event) => {
      if (!openers.has(event.key)) return;
      event.preventDefault(); // or the page scrolls
      onOpen?.();
    }}
  >
    <Input.Placeholder>{none}</Input.Placeholder>
  </InputBase>
);

/** Any of a few words; none chosen means all. */
export const ManySelect = <T extends string>({ label, none, all, word, chosen, onChosen }: Props<T>) => {
  const [opened, setOpened] = useState(false);
  // What is pressed stays, and keeps the focus, until the list is there to take it over.
  const [opening, begin] = useTransition();
  return (
    <Suspense fallback={<Closed label={label} none={none} busy />}>
      {opened || chosen !== undefined ? (
        <ManySelectDrawn
          label={label}
          none={none}
          choices={all.map((value) => ({ value, label: word(value) }))}
          chosen={chosen ?? []}
          onChosen={(next) => {
            setOpened(true);
            const kept = all.filter((value) => next.includes(value));
            onChosen(kept.length === 0 ? undefined : kept);
          }}
          open={opened}
        />
      ) : (
        <Closed label={label} none={none} busy={opening} onOpen={() => begin(() => setOpened(true))} />
      )}
    </Suspense>
  );
};
