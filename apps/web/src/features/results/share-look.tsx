import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Checkbox, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconShare } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { Instant } from '../../ui/instant.tsx';
import { Secret } from '../../ui/secret.tsx';
import styles from './look.module.css';
import { type NewShare, useShare } from './shares.ts';
import { SharesList } from './shares-list.tsx';

type Look = Readonly<{ monitorId: string; resultId: string }>;

const Made = ({ share }: { readonly share: NewShare }) => (
  <Stack gap="xs">
    <Secret label={t`Link`} value={share.url} />
    <Text size="sm">
      <Trans>
        Whoever has it sees this look until <Instant at={share.expiresAt} to="weekday" />. It is shown this once.
      </Trans>
    </Text>
  </Stack>
);

const days = { '1': 1, '7': 7, '30': 30 } as const;
type Days = keyof typeof days;
const isDays = (word: string): word is Days => Object.hasOwn(days, word);

const Wish = ({ monitorId, resultId }: Look) => {
  const share = useShare();
  const [length, setLength] = useState<Days>('7');
  const [withBody, setWithBody] = useState(false);
  if (share.data !== undefined) return <Made share={share.data} />;
  const lengths = [
    { value: '1', label: t`1 day` },
    { value: '7', label: t`7 days` },
    { value: '30', label: t`30 days` },
  ];
  return (
    <Stack gap="md">
      <Text size="sm">
        <Trans>
          A read-only page of this look, for people without an account. Cookies, tokens, what follows the question mark
          of addresses, and the origin behind a CDN are left out.
        </Trans>
      </Text>
      <div>
        <Text size="sm" fw={500} id="share-length" mb={5}>
          <Trans>The link works for</Trans>
        </Text>
        <SegmentedControl
          aria-labelledby="share-length"
          data={lengths}
          value={length}
          onChange={(word) => isDays(word) && setLength(word)}
        />
      </div>
      <Checkbox
        label={t`Show the body of the answer too`}
        description={t`It may hold anything that the site sent.`}
        checked={withBody}
        onChange={({ currentTarget }) => setWithBody(currentTarget.checked)}
      />
      <FormAlert error={share.error} kept={t`Nothing was shared.`} />
      <Button
        loading={share.isPending}
        onClick={() => share.mutate({ monitorId, resultId, expiresInDays: days[length], withBody })}
      >
        <Trans>Make the link</Trans>
      </Button>
    </Stack>
  );
};

/** Shares one look by a read-only link, and lists what is shared of its monitor. */
export const ShareLook = ({ children, ...look }: Look & Readonly<{ children: ReactNode }>) => {
  const [open, setOpen] = useState(false);
  return (
    <section aria-label={t`Share this look`} className={styles.shares}>
      <div className={styles.actions}>
        {children}
        <Button
          variant="default"
          size="xs"
          aria-expanded={open}
          leftSection={<IconShare size={16} aria-hidden />}
          onClick={() => setOpen(!open)}
        >
          <Trans>Share this look</Trans>
        </Button>
      </div>
      {open ? (
        <>
          <Wish key={look.resultId} {...look} />
          <div>
            <h3>
              <Trans>Links of this monitor that work</Trans>
            </h3>
            <SharesList monitorId={look.monitorId} />
          </div>
        </>
      ) : null}
    </section>
  );
};
