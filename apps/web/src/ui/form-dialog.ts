import { createContext } from 'react';

/** What somebody would lose: what they typed, or a secret that is shown this once. */
export type Loss = 'changes' | 'secret';

/** The dialog around a form; it is told what would be lost by closing it. Null outside of one. */
export const FormDialog = createContext<Readonly<{ holds: (loss: () => Loss | null) => () => void }> | null>(null);
