import type { MonitorStatus, MonitorView } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { memo, type ReactNode } from 'react';
import { Since } from '../../ui/duration.tsx';
import { Instant } from '../../ui/instant.tsx';
import { toneIcons } from '../../ui/state-badge.tsx';
import type { Tone } from '../../ui/tone.ts';
import type { Board, Failing } from './board.ts';
import styles from './wall.module.css';

/** How a status looks and is called; the monitors' words, handed in by the page. */
export type StatusLook = Readonly<{ tone: (status: MonitorStatus) => Tone; word: (status: MonitorStatus) => string }>;
type Props = Readonly<{ board: Board; look: StatusLook; head: ReactNode }>;

const Large = ({ failing, look }: { readonly failing: Failing; readonly look: StatusLook }) => {
  const { monitor, since, summary } = failing;
  const tone = look.tone(monitor.status);
  const Icon = toneIcons[tone];
  return (
    <li className={styles.large} data-tone={tone}>
      <span className={styles.largeState}>
        <Icon aria-hidden className={styles.largeIcon} />
        {look.word(monitor.status)}
        <span className={styles.largeFor}>
          <Since at={since} />
        </span>
      </span>
      <span className={styles.largeName}>{monitor.name}</span>
      <span className={styles.largeWhy}>{summary ?? monitor.url}</span>
      <span className={styles.largeSince}>
        <Trans>
          since <Instant at={since} />
        </Trans>
      </span>
    </li>
  );
};

type TileProps = Readonly<{ name: string; tone: Tone; word: string }>;

/** Drawn again only when it changes: two hundred of them, and a look every few milliseconds. */
const Tile = memo(({ name, tone, word }: TileProps) => {
  const Icon = toneIcons[tone];
  return (
    <li className={styles.tile} data-tone={tone}>
      <Icon aria-hidden className={styles.tileIcon} />
      <span className={styles.tileName}>{name}</span>
      {tone === 'good' ? null : <span className={styles.tileWord}>{word}</span>}
    </li>
  );
});

type Size = 'roomy' | 'usual' | 'dense' | 'packed';

/** How large a tile may be so that all fit below the failing ones. */
const sizeOf = (tiles: number, failing: number): Size => {
  const room = failing === 0 ? 1 : failing <= 3 ? 1.5 : 2.2;
  if (tiles * room <= 40) return 'roomy';
  if (tiles * room <= 110) return 'usual';
  return tiles * room <= 310 ? 'dense' : 'packed';
};

const tileOf = (monitor: MonitorView, look: StatusLook): TileProps => ({
  name: monitor.name,
  tone: look.tone(monitor.status),
  word: look.word(monitor.status),
});

/** Everything at a glance from across the room. */
export const Wall = ({ board: { counts, failing, more, tiles }, look, head }: Props) => (
  <main className={styles.wall} data-failing={failing.length > 0 || undefined}>
    <h1 className={styles.hidden}>
      <Trans>Wall</Trans>
    </h1>
    <header className={styles.head}>
      <dl className={styles.counts}>
        {counts.map(({ status, count }) => (
          <div key={status} className={styles.count} data-tone={count === 0 ? 'none' : look.tone(status)}>
            <dd>{count}</dd>
            <dt>{look.word(status)}</dt>
          </div>
        ))}
      </dl>
      {head}
    </header>
    {failing.length === 0 ? null : (
      <ul className={styles.failing} aria-label={t`Failing`} data-many={failing.length > 3 || undefined}>
        {failing.map((each) => (
          <Large key={each.monitor.id} failing={each} look={look} />
        ))}
      </ul>
    )}
    {more === 0 ? null : (
      <p className={styles.more}>
        {plural(more, { one: 'and # more that fails, below', other: 'and # more that fail, below' })}
      </p>
    )}
    <ul className={styles.tiles} data-size={sizeOf(tiles.length, failing.length)} aria-label={t`The others`}>
      {tiles.map((monitor) => (
        <Tile key={monitor.id} {...tileOf(monitor, look)} />
      ))}
    </ul>
  </main>
);
