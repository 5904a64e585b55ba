import { act, renderHook } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useTop } from './use-top.ts';

afterEach(() => void vi.unstubAllGlobals());

test('where rows begin is known again when something above them has grown, and not watched once they are gone', () => {
  const watched = new Set<() => void>();
  vi.stubGlobal(
    'ResizeObserver',
    class {
      readonly grown: () => void;
      constructor(grown: () => void) {
        this.grown = grown;
      }
      observe(): void {
        watched.add(this.grown);
      }
      disconnect(): void {
        watched.delete(this.grown);
      }
    },
  );
  const current = document.createElement('div');
  const at = vi.spyOn(current, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 180));
  const element = { current };
  const { result, unmount } = renderHook(() => useTop(element));
  expect(result.current).toBe(180);
  at.mockReturnValue(new DOMRect(0, 960));
  act(() => {
    for (const grown of watched) grown();
  });
  expect(result.current).toBe(960);
  unmount();
  expect(watched.size).toBe(0);
});
