import { t } from '@lingui/core/macro';
import { Select, Skeleton } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Choice } from './choice.ts';
import { useTold } from './use-told.ts';
import { isSpan, type Span, type When } from './when.ts';

const spanChoices = (): readonly (Choice & { value: Span | 'days' })[] => [
  { value: '24h', label: t`Last 24 hours` },
  { value: '7d', label: t`Last 7 days` },
  { value: '30d', label: t`Last 30 days` },
  { value: '90d', label: t`Last 90 days` },
  { value: 'days', label: t`From … to …` },
];

type Props = Readonly<{ label: string; className?: string | undefined; value: When; onChange: (when: When) => void }>;

const DayField = lazy(async () => ({ default: (await import('./day-field.tsx')).DayField }));

const Days = ({ value, onChange }: Pick<Props, 'value' | 'onChange'>) => (
  <Suspense fallback={<Skeleton height={36} />}>
    <DayField
      label={t`From the day`}
      placeholder={t`From the day`}
      value={value.from ?? ''}
      max={value.to}
      clear={t`From any day`}
      onChange={(from) => onChange({ ...value, from: from === '' ? undefined : from })}
    />
    <DayField
      label={t`To the day`}
      placeholder={t`To the day`}
      value={value.to ?? ''}
      min={value.from}
      clear={t`To any day`}
      onChange={(to) => onChange({ ...value, to: to === '' ? undefined : to })}
    />
  </Suspense>
);

const hasDays = ({ from, to }: When): boolean => from !== undefined || to !== undefined;
const toldOf = ({ span, from, to }: When): string => [span, from, to].join(' ');

/** Of which time a list is: a span up to now, or from a day to a day. */
export const WhenField = ({ label, className = '', value, onChange }: Props) => {
  const told = toldOf(value);
  const [days, showDays] = useState(hasDays(value));
  const say = useTold(told, () => showDays(hasDays(value)));
  const show = (next: When): void => {
    if (toldOf(next) !== told) say(toldOf(next));
    onChange(next);
  };
  return (
    <>
      <Select
        className={className}
        aria-label={label}
        placeholder={t`Any time`}
        data={spanChoices()}
        value={days ? 'days' : (value.span ?? null)}
        clearable
        clearButtonProps={{ 'aria-label': t`Any time` }}
        onChange={(next) => {
          showDays(next === 'days');
          show({ span: isSpan(next) ? next : undefined });
        }}
      />
      {days ? <Days value={value} onChange={show} /> : null}
    </>
  );
};
