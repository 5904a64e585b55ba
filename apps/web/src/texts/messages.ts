import type { Messages } from '@lingui/core';

/** The texts of the files that have been loaded; each brings its own (texts-in-place.ts). */
export const messages: Messages = {};
