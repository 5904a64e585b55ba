import { expect, test } from 'vitest';
import { newStreamPosition } from './stream-position.ts';

test('the first answer says from where events are wanted; a later one knows nothing about what was read before it', () => {
  const position = newStreamPosition();
  position.read(undefined);
  expect(position.get()).toBeNull();
  position.read('9');
  position.read('12');
  expect(position.get()).toBe('9');
});

test('what was heard moves it on, and never back', () => {
  const position = newStreamPosition();
  position.heard('9');
  position.heard('10');
  position.heard('8');
  expect(position.get()).toBe('10');
  position.forget();
  position.read('11');
  expect(position.get()).toBe('11');
});
