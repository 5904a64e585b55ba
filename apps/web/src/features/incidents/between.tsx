import type { BoundsView } from '@farwatch/contracts';
import { Trans } from '@lingui/react/macro';
import { Instant } from '../../ui/instant.tsx';

type Edges = Readonly<{ from: string | null; until: string | null }>;

/** The two looks a start lies between, and those of a clear. */
export const startEdges = ({ lastGoodAt, firstBadAt }: BoundsView): Edges => ({ from: lastGoodAt, until: firstBadAt });
export const clearEdges = ({ lastBadAt, firstGoodAt }: BoundsView): Edges => ({ from: lastBadAt, until: firstGoodAt });

/** A moment is known no better than the looks around it: between which two it lies, as far as both are known. */
export const Between = ({ from, until }: Edges) => {
  if (from !== null && until !== null)
    return (
      <Trans>
        between <Instant at={from} exact /> and <Instant at={until} after={from} />
      </Trans>
    );
  if (until !== null)
    return (
      <Trans>
        by <Instant at={until} exact /> at the latest
      </Trans>
    );
  return from === null ? null : (
    <Trans>
      not before <Instant at={from} exact />
    </Trans>
  );
};
