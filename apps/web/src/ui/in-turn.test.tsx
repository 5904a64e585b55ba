import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { InTurn } from './in-turn.tsx';

const parts = (...waiting: readonly string[]) =>
  ['first', 'second', 'third'].map((key) => ({ key, waits: waiting.includes(key), shows: <p>{key}</p> }));
const shown = (): readonly (string | null)[] => screen.queryAllByText(/./u).map(({ textContent }) => textContent);

test('a part comes once those before it have their sizes', () => {
  const { rerender } = render(<InTurn parts={parts('first')} />);
  expect(shown()).toEqual(['first']);
  rerender(<InTurn parts={parts('second')} />);
  expect(shown()).toEqual(['first', 'second']);
  rerender(<InTurn parts={parts()} />);
  expect(shown()).toEqual(['first', 'second', 'third']);
});

test('what was shown once stays, also while one before it is asked for again', () => {
  const { rerender } = render(<InTurn parts={parts()} />);
  rerender(<InTurn parts={parts('first')} />);
  expect(shown()).toEqual(['first', 'second', 'third']);
});
