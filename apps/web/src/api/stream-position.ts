/** Up to where what is shown knows the events; the stream is taken up from there. */
export type StreamPosition = Readonly<{
  get: () => string | null;
  /** Of an answer that came before all other reading: the first one counts, later ones say nothing about what was read before. */
  read: (id: string | null | undefined) => void;
  heard: (id: string) => void;
  /** What is shown will be read afresh. */
  forget: () => void;
}>;

const later = (a: string, b: string): boolean => BigInt(a) > BigInt(b);

export const newStreamPosition = (): StreamPosition => {
  let position: string | null = null;
  return {
    get: () => position,
    read: (id) => {
      position ??= id ?? null;
    },
    heard: (id) => {
      if (position === null || later(id, position)) position = id;
    },
    forget: () => {
      position = null;
    },
  };
};

/** This page's. `GET /v1/me`, which is asked before a page is shown, gives it. */
export const streamPosition = newStreamPosition();
