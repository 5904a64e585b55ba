import type { MonitorView } from '@farwatch/contracts';
import { i18n, type MessageDescriptor } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Button, CopyButton } from '@mantine/core';
import { IconCheck, IconTerminal2 } from '@tabler/icons-react';
import { type CurlNote, curlOf } from './curl.ts';
import type { Kept } from './evidence.tsx';
import { TextPart } from './text-part.tsx';

const noteWords: Readonly<Record<CurlNote, MessageDescriptor>> = {
  token: msg`Set FARWATCH_TOKEN to the secret first: export FARWATCH_TOKEN=…`,
  'no-redirects': msg`Redirects are not followed, so that the secret goes nowhere else.`,
  resolvers: msg`The monitor asks resolvers of its own; this asks yours.`,
  'headers-elsewhere': msg`Where a redirect leads elsewhere, the probe leaves its headers out; curl sends them along.`,
};

/** The first address that answered, when it was kept of this very look. */
const addressOf = ({ details, detailsOf, id }: Kept): string | null =>
  detailsOf === id ? (details?.hops[0]?.address ?? null) : null;

type Props = Readonly<{ monitor: MonitorView; result: Kept }>;
const ofLook = ({ monitor, result }: Props) => curlOf(monitor, { address: addressOf(result), family: result.family });

/** The look as a command, taken along without looking at it. */
export const CopyCurl = (props: Props) => (
  <CopyButton value={ofLook(props).command} timeout={2_000}>
    {({ copied, copy }) => (
      <Button
        size="xs"
        variant="default"
        leftSection={copied ? <IconCheck size={15} aria-hidden /> : <IconTerminal2 size={15} aria-hidden />}
        onClick={copy}
      >
        {copied ? t`Copied` : t`Copy as curl`}
      </Button>
    )}
  </CopyButton>
);

/** The look as a command, and that of the origin behind where there is one. */
export const CurlPart = ({ monitor, result }: Props) => {
  const { command, notes } = ofLook({ monitor, result });
  const { origin } = monitor.connection;
  const aside = notes.map((note) => i18n.t(noteWords[note])).join(' ');
  return (
    <>
      <TextPart title={t`The same with curl`} {...(aside === '' ? {} : { aside })}>
        {command}
      </TextPart>
      {origin === null ? null : (
        <TextPart title={t`The origin with curl`}>
          {curlOf(monitor, { origin, family: result.family }).command}
        </TextPart>
      )}
    </>
  );
};
