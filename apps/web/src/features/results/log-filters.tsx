import { type CheckTrigger, type Failure, type Verdict, verdicts } from '@farwatch/domain';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { t } from '@lingui/core/macro';
import { Button, TextInput } from '@mantine/core';
import { IconCalendarTime } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { minuteText } from '../../ui/instant.tsx';
import { ManySelect } from '../../ui/many-select.tsx';
import { useTold } from '../../ui/use-told.ts';
import { useZone } from '../../ui/zone.ts';
import { failureWords, triggerWords, verdictWord } from './outcome.tsx';
import type { LogFilter, LogView } from './queries.ts';
import styles from './response-log.module.css';

/** Calendars are heavy, and most people never ask for a time. */
const LogTimes = lazy(async () => ({ default: (await import('./log-times.tsx')).LogTimes }));

const some = <T,>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
const codesOf = (text: string): readonly number[] =>
  text
    .split(/[\s,]+/u)
    .map(Number)
    .filter((code) => Number.isInteger(code) && code >= 100 && code <= 999)
    .slice(0, 20);
const triggers = Object.keys(triggerWords) as CheckTrigger[]; // the keys of a Record are its own words
const failures = Object.keys(failureWords) as Failure['kind'][]; // the same

const wordIn =
  <T extends string>(words: Readonly<Record<T, MessageDescriptor>>) =>
  (value: T): string =>
    i18n.t(words[value]);

const Codes = ({ filter, onFilter }: Readonly<{ filter: LogFilter; onFilter: (filter: LogFilter) => void }>) => {
  const told = (filter.code ?? []).join(', ');
  const [codes, setCodes] = useState(told);
  const say = useTold(told, () => setCodes(told));
  return (
    <TextInput
      aria-label={t`Status codes`}
      placeholder={t`Any code: 502`}
      inputMode="numeric"
      value={codes}
      onChange={({ currentTarget }) => {
        setCodes(currentTarget.value);
        const code = some(codesOf(currentTarget.value));
        if (String(code) === String(filter.code)) return;
        say((code ?? []).join(', '));
        onFilter({ ...filter, code });
      }}
    />
  );
};

/** Of which time the log is, in a few words. */
const useTimeText = ({ filter: { from, to }, at }: LogView): string => {
  const zone = useZone();
  if (from !== undefined && to !== undefined) return `${minuteText(from, zone)} – ${minuteText(to, zone)}`;
  if (from !== undefined) return t`Since ${minuteText(from, zone)}`;
  if (to !== undefined) return t`Until ${minuteText(to, zone)}`;
  return at === undefined ? t`Any time` : t`From ${minuteText(at, zone)} on`;
};

const Times = ({ view, onView }: Readonly<{ view: LogView; onView: (view: LogView) => void }>) => {
  const [choosing, setChoosing] = useState(false);
  return (
    <>
      <Button
        variant="default"
        fw={400}
        justify="flex-start"
        leftSection={<IconCalendarTime size={16} aria-hidden />}
        onClick={() => setChoosing(true)}
      >
        {useTimeText(view)}
      </Button>
      {choosing ? (
        <Suspense fallback={null}>
          <LogTimes view={view} onView={onView} onClose={() => setChoosing(false)} />
        </Suspense>
      ) : null}
    </>
  );
};

type Props = Readonly<{ regions: readonly string[]; view: LogView; onView: (view: LogView) => void }>;

/** Narrows the log; what is chosen lives in the URL. */
export const LogFilters = ({ regions, view, onView }: Props) => {
  const { filter } = view;
  const onFilter = (next: LogFilter): void => onView({ ...view, filter: next });
  return (
    <div className={styles.filters}>
      <ManySelect<Verdict>
        {...{ label: t`Outcome`, none: t`Any outcome`, all: verdicts, word: verdictWord, chosen: filter.verdict }}
        onChosen={(verdict) => onFilter({ ...filter, verdict })}
      />
      <Codes filter={filter} onFilter={onFilter} />
      {regions.length > 1 ? (
        <ManySelect<string>
          {...{ label: t`Region`, none: t`Any region`, all: regions, word: String, chosen: filter.region }}
          onChosen={(region) => onFilter({ ...filter, region })}
        />
      ) : null}
      <ManySelect<Failure['kind']>
        {...{ label: t`Failure`, none: t`Any failure`, all: failures, chosen: filter.failure }}
        word={wordIn(failureWords)}
        onChosen={(failure) => onFilter({ ...filter, failure })}
      />
      <ManySelect<CheckTrigger>
        {...{ label: t`Reason`, none: t`Any reason`, all: triggers, chosen: filter.trigger }}
        word={wordIn(triggerWords)}
        onChosen={(trigger) => onFilter({ ...filter, trigger })}
      />
      <Times view={view} onView={onView} />
    </div>
  );
};
