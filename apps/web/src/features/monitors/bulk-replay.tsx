import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { CallError } from '../../api/call-error.ts';
import { FailedLine } from '../../ui/failed-line.tsx';
import { caveatText, daysText, mergeCaveats, openedText, savedText } from './preview-words.ts';
import { type Previewed, previewQuery, type Wanted } from './queries.ts';

const restMs = 600;
/** Each has its own log to read: more would keep the others of an organisation waiting. */
const mostReplayed = 10;

type Replayed = Readonly<{ previews: readonly Previewed[]; refused: number; refusal: string | null }>;
type Props = Readonly<{ monitorIds: readonly string[]; wanted: Wanted }>;

/** One after the other; a monitor that can't have these settings says so and is left out. */
const useReplays = ({ monitorIds, wanted }: Props) => {
  const client = useQueryClient();
  return useQuery(
    queryOptions({
      queryKey: ['bulk-replay', monitorIds, wanted],
      queryFn: async ({ signal }): Promise<Replayed> => {
        const previews: Previewed[] = [];
        const refusals: string[] = [];
        for (const monitorId of monitorIds) {
          signal.throwIfAborted();
          try {
            previews.push(await client.fetchQuery(previewQuery(monitorId, wanted)));
          } catch (error) {
            if (!(error instanceof CallError) || error.status !== 400) throw error;
            refusals.push(error.message);
          }
        }
        return { previews, refused: refusals.length, refusal: refusals[0] ?? null };
      },
      staleTime: 60_000,
      retry: false,
    }),
  );
};

const sum = (outcomes: readonly Previewed['present'][]) => ({
  incidents: outcomes.reduce((all, { incidents }) => all + incidents, 0),
  sent: outcomes.reduce((all, { sent }) => all + sent, 0),
  isLeast: outcomes.some(({ isLeast }) => isLeast),
});

const sentence = (previews: readonly Previewed[]): string => {
  const [first] = previews;
  if (first === undefined) return '';
  const [from = first.from] = previews.map((one) => one.from).toSorted();
  const days = daysText({ from, to: first.to });
  const would = openedText(sum(previews.map(({ wanted }) => wanted)));
  return t`In the last ${days} this would have opened ${would}. As saved: ${savedText(sum(previews.map(({ present }) => present)))}.`;
};

const Answer = ({ replayed, chosen }: Readonly<{ replayed: Replayed; chosen: number }>) => {
  const { previews, refused, refusal } = replayed;
  const asked = previews.length + refused;
  return (
    <>
      <Text size="sm" role="status">
        {sentence(previews)}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {asked < chosen ? <div>{t`These are the first ${asked} of the ${chosen} monitors.`}</div> : null}
        {refused > 0 ? (
          <div>
            {plural(refused, {
              one: '# monitor can’t have these settings:',
              other: '# monitors can’t have these settings:',
            })}{' '}
            {refusal}
          </div>
        ) : null}
        {mergeCaveats(previews.flatMap(({ caveats }) => caveats)).map((caveat) => (
          <div key={caveat.what}>{caveatText(caveat)}</div>
        ))}
        <div>
          <Trans>Each monitor by itself, as if nobody had acknowledged or snoozed anything.</Trans>
        </div>
      </Text>
    </>
  );
};

/** What another interval or timeout of many monitors would have come to: the first of them are replayed, each by its own looks. */
export const BulkReplay = ({ monitorIds, wanted }: Props) => {
  const [text] = useDebouncedValue(JSON.stringify(wanted), restMs);
  const calm = JSON.parse(text) as Wanted; // what was written the line above
  const query = useReplays({ monitorIds: monitorIds.slice(0, mostReplayed), wanted: calm });
  if (query.isError)
    return (
      <FailedLine error={query.error} onRetry={() => void query.refetch()}>
        <Trans>The replay failed.</Trans>
      </FailedLine>
    );
  // The figures of other settings are none of these.
  if (!query.data || text !== JSON.stringify(wanted))
    return (
      <Stack gap="xs" aria-hidden>
        <Skeleton height={14} width="80%" />
        <Skeleton height={14} width="50%" />
      </Stack>
    );
  return <Answer replayed={query.data} chosen={monitorIds.length} />;
};
