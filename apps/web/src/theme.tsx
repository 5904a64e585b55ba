import { t } from '@lingui/core/macro';
import {
  createTheme,
  type MantineColorsTuple,
  MantineProvider,
  type MenuProps,
  type ModalProps,
  type TooltipProps,
} from '@mantine/core';
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

/** Said when it is drawn: the texts are there by then. */
const closeButton = {
  get 'aria-label'() {
    return t`Close`;
  },
};

const theme = createTheme({
  colors: { iris },
  primaryColor: 'iris',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // As plain objects: naming the components here would bring them, and what they stand on, with every first page.
    // Locking the page's scroll would need an injected style element, which a strict CSP forbids.
    Modal: { defaultProps: { lockScroll: false, closeButtonProps: closeButton } satisfies Partial<ModalProps> },
    Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } satisfies Partial<MenuProps> },
    Tooltip: { defaultProps: { openDelay: 300 } satisfies Partial<TooltipProps> },
  },
});

type Props = Readonly<{ children: ReactNode; env?: 'default' | 'test' }>;

/** Colours and measures come from theme.css, not from style elements made at run time: the CSP stays strict. */
export const Theme = ({ children, env = 'default' }: Props) => (
  <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false} env={env}>
    {children}
  </MantineProvider>
);
