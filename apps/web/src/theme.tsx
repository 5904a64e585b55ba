import { createTheme, type MantineColorsTuple, MantineProvider, Menu, Modal, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

const iris: MantineColorsTuple = [
  '#f2f1fd',
  '#e2e0fa',
  '#c5c0f5',
  '#a8a0f0',
  '#8e84ea',
  '#7468e2',
  '#5b4bd6',
  '#4d3ec0',
  '#40339f',
  '#32287d',
];

const theme = createTheme({
  colors: { iris },
  primaryColor: 'iris',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Locking the page's scroll would need an injected style element, which a strict CSP forbids.
    Modal: Modal.extend({ defaultProps: { lockScroll: false, closeButtonProps: { 'aria-label': 'Close' } } }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300 } }),
  },
});

type Props = Readonly<{ children: ReactNode; env?: 'default' | 'test' }>;

/** Colours and measures come from theme.css, not from style elements made at run time: the CSP stays strict. */
export const Theme = ({ children, env = 'default' }: Props) => (
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false} env={env}>
    {children}
  </MantineProvider>
);
