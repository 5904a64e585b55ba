import type { PolicyView } from '@farwatch/contracts';
import { plural } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Badge } from '@mantine/core';
import { Rows } from '../../ui/rows.tsx';
import styles from './escalations.module.css';
import type { Following } from './followers.ts';

type Props = Readonly<{ policy: PolicyView; following: Following | null }>;

const monitorsText = (count: number): string => plural(count, { one: '# monitor', other: '# monitors' });

const Count = ({ of }: { readonly of: number | undefined }) =>
  of === undefined ? null : <span className={styles.count}>{monitorsText(of)}</span>;

/** Which monitors it is for, and how many that are now. */
export const Applies = ({ policy, following }: Props) => {
  const named = following?.namedBy.length ?? 0;
  const nobody = !policy.isDefault && policy.tags.length === 0 && following !== null && named === 0;
  return (
    <ul className={styles.applies}>
      {policy.isDefault ? (
        <li>
          <span>
            <Trans>All that follow no other policy</Trans>
          </span>
          <Count of={following?.rest} />
        </li>
      ) : null}
      {policy.tags.length === 0 ? null : (
        <li>
          <span className={styles.tags}>
            <Trans>Tagged</Trans>
            <Rows of={policy.tags}>
              {(tag) => (
                <Badge variant="default" size="sm" tt="none">
                  {tag}
                </Badge>
              )}
            </Rows>
          </span>
          <Count of={following?.tagged} />
        </li>
      )}
      {named === 0 ? null : (
        <li>
          <Trans>Name it in their settings</Trans>
          <Count of={named} />
        </li>
      )}
      {nobody ? (
        <li>
          <Trans>
            No monitor follows it yet: make it the default, give it a tag, or choose it in a monitor’s settings.
          </Trans>
        </li>
      ) : null}
    </ul>
  );
};
