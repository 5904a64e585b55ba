import type { MonitorView } from '@farwatch/contracts';
import { type CsvColumn, csvLine } from '../../plugins/row-stream.ts';
import { portable, toYaml } from './yaml-monitors.ts';

export type ExportFormat = 'yaml' | 'csv' | 'json';

const columns: readonly CsvColumn<MonitorView>[] = [
  ['name', ({ name }) => name],
  ['url', ({ url }) => url],
  ['method', ({ method }) => method],
  ['tags', ({ tags }) => tags.join('|')],
  ['interval', ({ intervalMs }) => intervalMs / 1_000],
  ['timeout', ({ timeoutMs }) => timeoutMs / 1_000],
  ['statuses', ({ expectedStatuses }) => expectedStatuses.replaceAll(',', '|')],
  ['regions', ({ regions }) => regions.join('|')],
  ['state', ({ pausedAt }) => (pausedAt === null ? 'on' : 'paused')],
];
const toCsv = (monitors: readonly MonitorView[]): string =>
  [
    csvLine(columns.map(([name]) => name)),
    ...monitors.map((monitor) => csvLine(columns.map(([, cell]) => cell(monitor)))),
  ].join('');

export const exportTypes: Readonly<Record<ExportFormat, string>> = {
  yaml: 'application/yaml; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
};

/** All of them as a text that the preview of an import reads again. CSV has the columns that people edit; no secret is in any. */
export const exportText = (monitors: readonly MonitorView[], format: ExportFormat): string => {
  switch (format) {
    case 'yaml':
      return toYaml(monitors);
    case 'json':
      return `${JSON.stringify({ version: 1, monitors: monitors.map(portable) }, null, 2)}\n`;
    case 'csv':
      return toCsv(monitors);
  }
};
