import { t } from '@lingui/core/macro';
import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled, IconReplace } from '@tabler/icons-react';
import { durationText } from '../../ui/duration.tsx';
import { weekdayText } from '../../ui/instant.tsx';
import styles from './calendar.module.css';
import type { Look, Span } from './spans.ts';

export type BarProps = Readonly<{
  span: Span;
  name: string;
  look: Look;
  zone: string;
  /** Its place in the row, in shares of it. */
  left: number;
  width: number;
  onPick: (() => void) | undefined;
}>;

/** Of the first and the last name; two letters of a single one. */
export const initialsOf = (name: string): string => {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const [first = '', last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return last === undefined ? [...first].slice(0, 2).join('') : `${[...first][0]}${[...last][0]}`;
};

/** All that a bar stands for, in words. */
export const spanText = ({ from, until, override }: Span, name: string, zone: string): string => {
  const [begin, end] = [
    weekdayText(new Date(from).toISOString(), zone),
    weekdayText(new Date(until).toISOString(), zone),
  ];
  return override === null ? t`${name}, ${begin} – ${end}` : t`${name} steps in, ${begin} – ${end}`;
};

/** A shift as a bar: who, by name and colour, and how long where it is nobody. Too narrow to be hit it is a picture only. */
export const Bar = ({ span, name, look, zone, left, width, onPick }: BarProps) => {
  const gap = span.accountId === null;
  const lasts = durationText(span.until - span.from);
  const said = gap ? t`${spanText(span, name, zone)}, ${lasts}` : spanText(span, name, zone);
  const Icon = gap ? IconAlertTriangleFilled : IconReplace;
  const drawn = {
    className: styles.bar,
    title: said,
    'data-gap': gap || undefined,
    'data-override': span.override === null ? undefined : true,
    'data-colour': gap ? undefined : look.colour,
    'data-pattern': gap ? undefined : look.pattern,
  };
  const inner = (
    <>
      {gap || span.override !== null ? <Icon size={13} aria-hidden className={styles.barIcon} /> : null}
      <span aria-hidden="true" className={styles.full}>
        {gap ? `${name} · ${lasts}` : name}
      </span>
      <span aria-hidden="true" className={styles.short}>
        {gap ? '' : initialsOf(name)}
      </span>
    </>
  );
  return (
    <li className={styles.place} style={{ insetInlineStart: `${left * 100}%`, inlineSize: `${width * 100}%` }}>
      {onPick === undefined ? (
        <span {...drawn} aria-hidden="true">
          {inner}
        </span>
      ) : (
        <button type="button" {...drawn} onClick={onPick}>
          <VisuallyHidden>{said}</VisuallyHidden>
          {inner}
        </button>
      )}
    </li>
  );
};
