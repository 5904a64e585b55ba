import { MantineProvider } from '@mantine/core';
import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { useColourScheme } from './colour-scheme.ts';

test('a change of theme puts no style element into the page: the CSP would refuse it with an error', () => {
  const { result } = renderHook(useColourScheme, {
    wrapper: ({ children }) => <MantineProvider withCssVariables={false}>{children}</MantineProvider>,
  });
  const append = vi.spyOn(document.head, 'appendChild');
  act(() => result.current.setColorScheme('dark'));
  expect(result.current.colorScheme).toBe('dark');
  expect(append).not.toHaveBeenCalled();
});
