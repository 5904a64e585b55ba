import { useMantineColorScheme } from '@mantine/core';

/** Light, dark or the system's; without the style element that would hold transitions back, which our CSP forbids. */
export const useColourScheme = () => useMantineColorScheme({ keepTransitions: true });
