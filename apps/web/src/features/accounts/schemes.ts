import { msg } from '@lingui/core/macro';

/** The themes to choose from. Apart from their form: the menu that stands on every page needs only the words. */
export const schemes = [
  { value: 'auto', label: msg`As the system` },
  { value: 'light', label: msg`Light` },
  { value: 'dark', label: msg`Dark` },
] as const;
