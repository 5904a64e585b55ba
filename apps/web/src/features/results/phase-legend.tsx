import { i18n } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { millisText } from '../../ui/duration.tsx';
import type { Times } from './chart-data.ts';
import { LegendTable } from './chart-legend.tsx';
import { chartPhases, shareOf, timesFrom } from './chart-phases.ts';

type Props = Readonly<{
  times: Times;
  region: string | null;
  hidden: ReadonlySet<string>;
  onToggle: (phase: string) => void;
}>;

/** Each phase's figures over what is looked at; its name takes its band away and brings it back. */
export const PhaseLegend = ({ times, region, hidden, onToggle }: Props) => {
  const { points, phases } = timesFrom(times, region);
  const last = points.findLast((point) => point.phases)?.phases;
  const rows = chartPhases.toReversed().map(({ key, name, colour }) => ({
    ...{ key, colour, name: i18n.t(name), label: t`Band of ${i18n.t(name)}` },
    values: [
      last ? millisText(last[key]) : '–',
      ...(phases ? [millisText(phases[key]), `${shareOf(phases, key)} %`] : ['–', '–']),
    ],
  }));
  return (
    <LegendTable heads={[t`Last`, t`Mean`, t`Share`]} rows={rows} hidden={hidden} onToggle={onToggle}>
      <Trans>Phase</Trans>
    </LegendTable>
  );
};
