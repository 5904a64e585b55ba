import { createContext } from 'react';

/** The dialog around a form; it is told what would be lost by closing it. Null outside of one. */
export const FormDialog = createContext<Readonly<{ holds: (unsaved: () => boolean) => () => void }> | null>(null);
