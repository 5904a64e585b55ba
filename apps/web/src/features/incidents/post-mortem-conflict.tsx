import { getPostMortem } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { useQuery } from '@tanstack/react-query';
import { callTagged } from '../../api/call.ts';
import { TextBlock } from '../../ui/code.tsx';
import { Conflict } from '../../ui/conflict.tsx';
import { Skeletons } from '../../ui/skeletons.tsx';

type Props = Readonly<{ incidentId: string; onOverwrite: (etag: string | null) => void }>;

/** Their text, beside mine. */
export const PostMortemConflict = ({ incidentId, onOverwrite }: Props) => {
  const theirs = useQuery({
    queryKey: ['post-mortem-theirs', incidentId],
    queryFn: ({ signal }) => callTagged(getPostMortem, { params: { incidentId } }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Conflict
      {...{ theirs, onOverwrite }}
      waiting={<Skeletons rows={2} height={40} label={t`Loading what they wrote`} />}
      failed={t`Somebody changed it in the meantime, and their text could not be loaded`}
      note={t`Yours is still here, and not saved. Take over what you need of theirs:`}
    >
      {({ text }) => <TextBlock label={t`What they wrote`}>{text ?? t`They removed it.`}</TextBlock>}
    </Conflict>
  );
};
