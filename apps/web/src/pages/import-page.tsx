import type { NewMonitor } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Select } from '@mantine/core';
import { ImportMonitors } from '../features/imports/import-monitors.tsx';
import { intervals, intervalText } from '../features/monitors/interval-words.ts';
import { Page } from '../ui/page.tsx';
import { useMonitorChoices } from './monitor-choices.ts';

type Common = Partial<NewMonitor>;
type Props = Readonly<{ common: Common; onCommon: (common: Common) => void }>;

/** What all of them get, in place of what their text says. */
const CommonSettings = ({ common, onCommon }: Props) => {
  const { policies } = useMonitorChoices();
  const { intervalMs, policyId, ...rest } = common;
  return (
    <>
      <Select
        label={t`Interval`}
        placeholder={t`As the text says, else 30 s`}
        clearable
        clearButtonProps={{ 'aria-label': t`As the text says` }}
        data={intervals.map((seconds) => ({ value: String(seconds * 1_000), label: intervalText(seconds) }))}
        value={intervalMs === undefined ? null : String(intervalMs)}
        onChange={(value) => {
          const before = policyId === undefined ? rest : { ...rest, policyId };
          onCommon(value === null ? before : { ...before, intervalMs: Number(value) });
        }}
      />
      <Select
        label={t`Escalation policy`}
        placeholder={t`By tag, else the default`}
        clearable
        clearButtonProps={{ 'aria-label': t`Choose by tag` }}
        data={policies}
        value={policyId ?? null}
        onChange={(value) => {
          const before = intervalMs === undefined ? rest : { ...rest, intervalMs };
          onCommon(value === null ? before : { ...before, policyId: value });
        }}
      />
    </>
  );
};

export const ImportPage = () => (
  <Page
    title={t`Import monitors`}
    note={t`From a list, a spreadsheet, Uptime Kuma or a file of ours. You see what would be made before anything is.`}
  >
    <ImportMonitors
      tags={useMonitorChoices().tags}
      settings={(common, onCommon) => <CommonSettings common={common} onCommon={onCommon} />}
    />
  </Page>
);
