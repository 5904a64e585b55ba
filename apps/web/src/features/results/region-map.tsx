import type { CheckResultView, listRegions, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { toneIcons } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/tone.ts';
import { land } from './land.ts';
import { verdictTone, verdictWord } from './outcome.tsx';
import styles from './region-map.module.css';

type Region = ReplyOf<typeof listRegions>['items'][number];
type Placed = Region & Readonly<{ latitude: number; longitude: number }>;
const isPlaced = (region: Region): region is Placed => region.latitude !== null && region.longitude !== null;

type Spot = Readonly<{ id: string; name: string; x: number; y: number; tone: Tone; word: string; textY: number }>;

const lineHeight = 15;
const nearX = 90;
const nearY = 60;
/** Names of neighbours are moved apart, from north to south. */
const apart = (spots: readonly Omit<Spot, 'textY'>[]): readonly Spot[] => {
  const placed: Spot[] = [];
  for (const spot of spots.toSorted((a, b) => a.y - b.y)) {
    const near = placed
      .filter(({ x, y }) => Math.abs(x - spot.x) < nearX && spot.y - y < nearY)
      .map(({ textY }) => textY + lineHeight);
    placed.push({ ...spot, textY: Math.max(spot.y, ...near) });
  }
  return placed;
};

const spotsOf = (regions: readonly Placed[], latest: readonly CheckResultView[]): readonly Spot[] =>
  apart(
    regions.map(({ id, city, latitude, longitude }) => {
      const verdict = latest.find(({ region }) => region === id)?.outcome.verdict;
      return {
        ...{ id, name: city ?? id, x: 360 + longitude * 2, y: 168 - latitude * 2 },
        ...{ tone: verdict === undefined ? 'busy' : verdictTone[verdict] },
        word: verdict === undefined ? t`no answer yet` : verdictWord(verdict),
      };
    }),
  );

const Mark = ({ spot: { name, x, y, textY, tone } }: { readonly spot: Spot }) => {
  const Icon = toneIcons[tone];
  const before = x > 600;
  return (
    <g className={styles.spot} data-tone={tone}>
      <circle cx={x} cy={y} r={7.5} className={styles.ground} />
      <Icon x={x - 7} y={y - 7} size={14} />
      <text x={before ? x - 11 : x + 11} y={textY + 4} textAnchor={before ? 'end' : 'start'} className={styles.name}>
        {name}
      </text>
    </g>
  );
};

type Props = Readonly<{ regions: readonly Region[]; latest: readonly CheckResultView[] }>;

/** From where it is looked at, each place with the icon of its last answer. The table beside it says the same in words. */
export const RegionMap = ({ regions, latest }: Props) => {
  const spots = spotsOf(regions.filter(isPlaced), latest);
  const elsewhere = regions.filter((region) => !isPlaced(region)).map(({ id }) => id);
  const told = spots.map(({ name, word }) => `${name}: ${word}`).join('; ');
  if (spots.length === 0) return null;
  return (
    <figure className={styles.map}>
      <svg viewBox="0 0 720 286" role="img" aria-label={t`Map of the regions. ${told}.`}>
        <path d={land} className={styles.land} />
        {spots.map((spot) => (
          <Mark key={spot.id} spot={spot} />
        ))}
      </svg>
      {elsewhere.length === 0 ? null : <figcaption>{t`Not on the map: ${elsewhere.join(', ')}`}</figcaption>}
    </figure>
  );
};
