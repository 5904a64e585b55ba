/**
 * Writes by the batch what comes one by one: while one batch is being written the next gathers, up to `most` at a time;
 * a lone one is written at once. Each resolves or rejects with its batch, answered in the batch's order.
 */
export const gather = <In, Out>(
  write: (batch: readonly [In, ...In[]]) => Promise<readonly Out[]>,
  most: number,
): ((one: In) => Promise<Out>) => {
  type Waiting = Readonly<{ one: In; resolve: (out: Out) => void; reject: (error: unknown) => void }>;
  let waiting: readonly Waiting[] = [];
  let writing = false;

  const settle = async (batch: readonly [Waiting, ...Waiting[]]): Promise<void> => {
    try {
      const [first, ...rest] = batch;
      const outs = await write([first.one, ...rest.map(({ one }) => one)]);
      if (outs.length !== batch.length) throw new Error(`gather: ${outs.length} answers for ${batch.length}`);
      for (const [i, out] of outs.entries()) batch[i]?.resolve(out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };
  const writeAll = async (): Promise<void> => {
    writing = true;
    for (let [first, ...rest] = waiting; first !== undefined; [first, ...rest] = waiting) {
      waiting = rest.slice(most - 1);
      await settle([first, ...rest.slice(0, most - 1)]);
    }
    writing = false;
  };
  return (one) =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { one, resolve, reject }];
      if (!writing) void writeAll();
    });
};
