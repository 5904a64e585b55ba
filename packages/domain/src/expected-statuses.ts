/** Whether a status is among the expected: `200-399`, `200,204,301-302`. Ranges are inclusive; order does not matter. */
export const expectsStatus = (expected: string, status: number): boolean =>
  expected.split(',').some((part) => {
    const [from, to = from] = part.split('-').map(Number);
    return from !== undefined && to !== undefined && from <= status && status <= to;
  });
