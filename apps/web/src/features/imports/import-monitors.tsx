import type { ImportItem, NewMonitor } from '@farwatch/contracts';
import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Button, Group, Progress, Stack, TagsInput, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { FormAlert } from '../../ui/form-alert.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { ButtonLink } from '../../ui/link.tsx';
import { ImportSource } from './import-source.tsx';
import { ImportTable } from './import-table.tsx';
import styles from './imports.module.css';
import { type Made, useMake, usePreview } from './queries.ts';

const isNew = ({ monitor, duplicate }: ImportItem): boolean => monitor !== null && duplicate === null;
const indexes = (items: readonly ImportItem[], wanted: (item: ImportItem) => boolean): ReadonlySet<number> =>
  new Set(items.flatMap((item, i) => (wanted(item) ? [i] : [])));

const Counts = ({ items }: { readonly items: readonly ImportItem[] }) => {
  const fresh = items.filter(isNew).length;
  const known = items.filter(({ duplicate }) => duplicate !== null).length;
  const faulty = items.filter(({ fault }) => fault !== null).length;
  return (
    <p className={styles.counts} role="status">
      <span>{plural(fresh, { one: '# new', other: '# new' })}</span>
      <span>{plural(known, { one: '# known already', other: '# known already' })}</span>
      <span>{plural(faulty, { one: '# not possible', other: '# not possible' })}</span>
    </p>
  );
};

const Outcome = ({ outcome, onAgain }: Readonly<{ outcome: Made; onAgain: () => void }>) => {
  const { made, refused } = outcome;
  return (
    <Stack gap="md" role="status">
      <b>{plural(made, { one: '# site is watched from now on', other: '# sites are watched from now on' })}</b>
      {refused.length === 0 ? null : (
        <>
          <span>{plural(refused.length, { one: '# was refused:', other: '# were refused:' })}</span>
          <ul className={styles.refused}>
            {refused.map(({ name, detail }, i) => (
              <li key={i}>{`${name}: ${detail}`}</li>
            ))}
          </ul>
        </>
      )}
      <Group gap="sm">
        <ButtonLink to="/">
          <Trans>Go to the monitors</Trans>
        </ButtonLink>
        <Button variant="default" onClick={onAgain}>
          <Trans>Import more</Trans>
        </Button>
      </Group>
    </Stack>
  );
};

type ChosenProps = Readonly<{
  items: readonly ImportItem[];
  /** What of the whole was left behind. */
  notes: readonly string[];
  tags: readonly string[];
  settings: (common: Partial<NewMonitor>, onCommon: (common: Partial<NewMonitor>) => void) => ReactNode;
  onBack: () => void;
  onMade: (made: Made) => void;
}>;

const Choose = ({ items, notes, tags, settings, onBack, onMade }: ChosenProps) => {
  const [chosen, setChosen] = useState(() => indexes(items, isNew));
  const [common, setCommon] = useState<Partial<NewMonitor>>({});
  const make = useMake();
  const wanted = items.filter((_, i) => chosen.has(i));
  const n = wanted.length;
  const all = indexes(items, ({ monitor }) => monitor !== null);
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="sm">
        <Counts items={items} />
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => setChosen(chosen.size === all.size ? new Set() : all)}
          disabled={all.size === 0}
        >
          {chosen.size === all.size ? <Trans>Choose none</Trans> : <Trans>Choose all that are possible</Trans>}
        </Button>
      </Group>
      {notes.map((note) => (
        <Text key={note} size="sm">
          {note}
        </Text>
      ))}
      <ImportTable items={items} chosen={chosen} onChosen={setChosen} />
      <div className={styles.common}>
        <TagsInput
          label={t`Tags for all of them`}
          maxTags={20}
          data={[...tags]}
          value={[...(common.tags ?? [])]}
          onChange={(value) => setCommon({ ...common, tags: value })}
        />
        {settings(common, setCommon)}
      </div>
      {make.error === null ? null : <FormAlert error={make.error} />}
      {make.isPending ? (
        <Progress value={(make.done / Math.max(1, n)) * 100} aria-label={t`${make.done} of ${n} are made`} />
      ) : null}
      <Group gap="sm">
        <Button
          size="md"
          disabled={n === 0}
          loading={make.isPending}
          onClick={() => make.mutate({ items: wanted, common }, { onSuccess: onMade })}
        >
          {plural(n, { one: 'Watch # site', other: 'Watch # sites' })}
        </Button>
        <Button size="md" variant="default" onClick={onBack} disabled={make.isPending}>
          <Trans>Back to the text</Trans>
        </Button>
      </Group>
    </Stack>
  );
};

type Props = Pick<ChosenProps, 'tags' | 'settings'>;

/** Paste or choose, see what would come of it, make it. */
export const ImportMonitors = (props: Props) => {
  const [text, setText] = useState('');
  const [made, setMade] = useState<Made | null>(null);
  const preview = usePreview();
  const again = (): void => {
    setText('');
    setMade(null);
    preview.reset();
  };
  if (made !== null) return <Outcome outcome={made} onAgain={again} />;
  return (
    <>
      <LeaveGuard unsaved={() => text.trim() !== '' || preview.data !== undefined} />
      {preview.data === undefined ? (
        <ImportSource
          text={text}
          busy={preview.isPending}
          error={preview.error}
          onText={setText}
          onRead={(read, format) => preview.mutate({ text: read, format })}
        />
      ) : (
        <Choose
          {...props}
          items={preview.data.items}
          notes={preview.data.notes ?? []}
          onBack={() => preview.reset()}
          onMade={setMade}
        />
      )}
    </>
  );
};
