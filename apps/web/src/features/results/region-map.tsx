import type { CheckResultView, listRegions, ReplyOf } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { toneIcons } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/tone.ts';
import { land } from './land.ts';
import { type Lettering, type NameSpot, namesOf } from './map-names.ts';
import { verdictTone, verdictWord } from './outcome.tsx';
import styles from './region-map.module.css';

type Region = ReplyOf<typeof listRegions>['items'][number];
type Placed = Region & Readonly<{ latitude: number; longitude: number }>;
const isPlaced = (region: Region): region is Placed => region.latitude !== null && region.longitude !== null;

type Spot = Readonly<{ id: string; name: string; x: number; y: number; tone: Tone; word: string }>;

const spotsOf = (regions: readonly Placed[], latest: readonly CheckResultView[]): readonly Spot[] =>
  regions.map(({ id, city, latitude, longitude }) => {
    const verdict = latest.find(({ region }) => region === id)?.outcome.verdict;
    return {
      ...{ id, name: city ?? id, x: 360 + longitude * 2, y: 168 - latitude * 2 },
      ...{ tone: verdict === undefined ? 'busy' : verdictTone[verdict] },
      word: verdict === undefined ? t`no answer yet` : verdictWord(verdict),
    };
  });

/** On a phone the map is small: short names, large marks. Sizes as in region-map.module.css. */
const wide: Lettering = { mark: 8, line: 15, letter: 6.6 };
const small: Lettering = { mark: 15, line: 30, letter: 17 };

type NameProps = Readonly<{ at: NameSpot | undefined; look: string | undefined; children: string }>;
const Name = ({ at, look, children }: NameProps) =>
  at === undefined ? null : (
    <text x={at.x} y={at.y} dy="0.35em" textAnchor={at.anchor} className={look}>
      {children}
    </text>
  );

const Mark = ({ spot: { x, y, tone } }: { readonly spot: Spot }) => {
  const Icon = toneIcons[tone];
  return (
    <g className={styles.mark} data-tone={tone}>
      <circle cx={x} cy={y} r={7.5} className={styles.ground} />
      <Icon x={x - 7} y={y - 7} size={14} />
    </g>
  );
};

/** Names lie over the marks: where it is crowded they are what is read. */
const Spots = ({ spots }: { readonly spots: readonly Spot[] }) => {
  const names = namesOf(spots, wide);
  const ids = namesOf(
    spots.map((spot) => ({ ...spot, name: spot.id })),
    small,
  );
  return (
    <>
      {spots.map((spot) => (
        <Mark key={spot.id} spot={spot} />
      ))}
      {spots.map(({ id, name }) => (
        <g key={id}>
          <Name at={names.get(id)} look={styles.name}>
            {name}
          </Name>
          <Name at={ids.get(id)} look={styles.short}>
            {id}
          </Name>
        </g>
      ))}
    </>
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
        <Spots spots={spots} />
      </svg>
      {elsewhere.length === 0 ? null : <figcaption>{t`Not on the map: ${elsewhere.join(', ')}`}</figcaption>}
    </figure>
  );
};
