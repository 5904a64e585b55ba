import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconMinus, IconPlus } from '@tabler/icons-react';
import { Instant } from '../../ui/instant.tsx';
import styles from './chart.module.css';
import { keyActs, type Span, stepped, type ZoomAct } from './chart-zoom.ts';

const acts = [
  ['earlier', msg`Earlier`, IconChevronLeft],
  ['later', msg`Later`, IconChevronRight],
  ['out', msg`Zoom out`, IconMinus],
  ['in', msg`Zoom in`, IconPlus],
] as const satisfies readonly (readonly [ZoomAct, MessageDescriptor, unknown])[];

type Props = Readonly<{
  whole: Span;
  zoom: Span | null;
  onZoom: (zoom: Span | null) => void;
  compare: boolean;
  onCompare: (compare: boolean) => void;
  onLog: (span: Span) => void;
}>;

/** Zooming without a pointer: buttons, and while one has the focus the arrows, plus, minus and nought. */
export const ChartZoomBar = ({ whole, zoom, onZoom, compare, onCompare, onLog }: Props) => {
  const shown = zoom ?? whole;
  const still = { in: false, out: zoom === null, earlier: shown.from <= whole.from, later: shown.to >= whole.to };
  const act = (what: ZoomAct | 'reset'): void => onZoom(what === 'reset' ? null : stepped(whole, shown, what));
  return (
    <div
      className={styles.bar}
      role="toolbar"
      aria-label={t`What the chart shows`}
      onKeyDown={({ key, ctrlKey, metaKey, altKey }) => {
        const what = ctrlKey || metaKey || altKey ? undefined : keyActs[key];
        if (what !== undefined) act(what);
      }}
    >
      <span className={styles.shown}>
        <Instant at={new Date(shown.from).toISOString()} to="minute" /> –{' '}
        <Instant at={new Date(shown.to).toISOString()} to="minute" />
      </span>
      <Checkbox
        size="xs"
        label={t`Compare with last week`}
        checked={compare}
        onChange={({ currentTarget }) => onCompare(currentTarget.checked)}
      />
      <span className={styles.steps}>
        {acts.map(([what, word, Icon]) => (
          <ActionIcon
            key={what}
            variant="default"
            aria-label={i18n.t(word)}
            aria-disabled={still[what] || undefined}
            data-disabled={still[what]}
            onClick={() => still[what] || act(what)}
          >
            <Icon size={15} aria-hidden />
          </ActionIcon>
        ))}
      </span>
      {zoom === null ? null : (
        <>
          <Button size="compact-sm" variant="default" onClick={() => onZoom(null)}>
            <Trans>Show all</Trans>
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => onLog(zoom)}>
            <Trans>Its looks in the log</Trans>
          </Button>
        </>
      )}
    </div>
  );
};
