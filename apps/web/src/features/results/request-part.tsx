import type { MonitorView } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { TextPart } from './text-part.tsx';

const authText = ({ auth }: MonitorView): readonly string[] => {
  switch (auth?.kind) {
    case undefined:
      return [];
    case 'header':
      return [`${auth.name ?? ''}: …`];
    case 'basic':
    case 'bearer':
      return ['authorization: …'];
  }
};

/** The request as the monitor sends it; what is secret stays so. */
export const RequestPart = ({ monitor }: { readonly monitor: MonitorView }) => {
  const { method, url, headers, body, connection } = monitor;
  const host = connection.hostHeader ?? new URL(url).host;
  const lines = [
    `${method} ${url}`,
    `host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...authText(monitor),
    ...(body === null ? [] : ['', body]),
  ];
  return (
    <TextPart title={t`Request`} aside={t`As the monitor is set now. The request of a single look is not kept.`}>
      {lines.join('\n')}
    </TextPart>
  );
};
