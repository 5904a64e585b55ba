import type { getResult, ReplyOf } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Code } from '../../ui/code.tsx';
import { readBody } from './body-text.ts';
import styles from './look.module.css';
import { TextPart } from './text-part.tsx';

export type Kept = ReplyOf<typeof getResult>;
type Headers = readonly (readonly [string, string])[];

export const headerText = (headers: Headers): string => headers.map(([name, value]) => `${name}: ${value}`).join('\n');
const typeOf = (headers: Headers): string => headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

type BodyProps = Readonly<{ title: string; base64: string; headers: Headers; truncated?: boolean }>;

/** A body as text, never rendered; what is no text in hexadecimal. */
export const Body = ({ title, base64, headers, truncated = false }: BodyProps) => {
  if (base64 === '')
    return (
      <p className={styles.soft}>
        <Trans>The body was empty.</Trans>
      </p>
    );
  const body = readBody(base64, typeOf(headers));
  const cut = truncated ? t`The body went on; its first 64 KiB were kept.` : '';
  if (body.kind === 'text')
    return (
      <TextPart title={title} aside={`${t`Read as ${body.charset}.`} ${cut}`}>
        {body.text}
      </TextPart>
    );
  const size = plural(body.bytes, {
    one: 'No text: # byte, its beginning.',
    other: 'No text: # bytes, their beginning.',
  });
  return (
    <TextPart title={title} aside={`${size} ${cut}`}>
      {body.hex}
    </TextPart>
  );
};

type Props = Readonly<{ evidence: NonNullable<Kept['evidence']>; withBody?: boolean }>;

/** The failing answer that was kept of a look. */
export const Evidence = ({ evidence, withBody = true }: Props) => {
  const decoded = evidence.decodedBase64 ?? '';
  return (
    <div className={styles.evidence}>
      <p>
        <Trans>The answer of</Trans> <Code>{evidence.url}</Code>
        {evidence.status === null ? '' : `: ${evidence.status} ${evidence.reason ?? ''}`}
      </p>
      <TextPart title={t`Headers of the answer`}>{headerText(evidence.headers)}</TextPart>
      {withBody ? (
        <Body
          title={decoded === '' ? t`Body of the answer` : t`Body of the answer, decoded`}
          base64={decoded === '' ? evidence.bodyBase64 : decoded}
          headers={evidence.headers}
          truncated={evidence.bodyTruncated}
        />
      ) : (
        <p className={styles.soft}>
          <Trans>The body of the answer was not shared.</Trans>
        </p>
      )}
    </div>
  );
};
