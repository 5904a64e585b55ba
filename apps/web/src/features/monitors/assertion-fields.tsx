import type { AssertionSchema } from '@farwatch/contracts';
import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { said } from '../../ui/choice.ts';
import { bounds, freshAssertion, type Kind, kinds, phases, presence, textCompares } from './assertion-words.ts';
import type { MonitorForm } from './monitor-fields.tsx';
import styles from './monitors.module.css';

const most = 16;

type FieldsProps<A extends AssertionSchema> = Readonly<{ of: A; nth: number; set: (next: A) => void }>;
type OfText = Extract<AssertionSchema, { value: string }>;

const nameOf = (nth: number, what: string): string => `${what} of assertion ${nth}`;

const TextFields = ({ of, nth, set }: FieldsProps<OfText>) => (
  <>
    <Select
      aria-label={nameOf(nth, 'Comparison')}
      allowDeselect={false}
      data={said(textCompares)}
      value={of.compare}
      onChange={(next) =>
        set({ ...of, compare: textCompares.find(({ value }) => value === next)?.value ?? of.compare })
      }
    />
    <TextInput
      aria-label={nameOf(nth, 'Text')}
      value={of.value}
      onChange={(event) => set({ ...of, value: event.currentTarget.value })}
    />
  </>
);

const PresenceField = ({ of, nth, set }: FieldsProps<Extract<AssertionSchema, { present: boolean }>>) => (
  <Select
    aria-label={nameOf(nth, 'Comparison')}
    allowDeselect={false}
    data={said(presence)}
    value={of.present ? 'there' : 'absent'}
    onChange={(next) => set({ ...of, present: next !== 'absent' })}
  />
);

type OfBound = Extract<AssertionSchema, { compare: 'at-least' | 'at-most' }>;
const BoundFields = ({ of, nth, set }: FieldsProps<OfBound>) => {
  const compare = (next: string | null) => (next === 'at-least' ? ('at-least' as const) : ('at-most' as const));
  return (
    <>
      <Select
        aria-label={nameOf(nth, 'Comparison')}
        allowDeselect={false}
        data={said(bounds)}
        value={of.compare}
        onChange={(next) => set({ ...of, compare: compare(next) })}
      />
      <NumberInput
        aria-label={nameOf(nth, 'Number')}
        {...(of.kind === 'body-size' ? { suffix: ' bytes', min: 0, allowDecimal: false } : {})}
        value={of.kind === 'body-size' ? of.bytes : of.value}
        onChange={(next) =>
          set(of.kind === 'body-size' ? { ...of, bytes: Number(next) } : { ...of, value: Number(next) })
        }
      />
    </>
  );
};

/** What it is about within its kind: a header's name, a path. */
const WhereField = ({ of, nth, set }: FieldsProps<AssertionSchema>) => {
  if ('path' in of)
    return (
      <TextInput
        aria-label={nameOf(nth, 'JSON path')}
        placeholder="$.status"
        value={of.path}
        onChange={(event) => set({ ...of, path: event.currentTarget.value })}
      />
    );
  if ('name' in of)
    return (
      <TextInput
        aria-label={nameOf(nth, 'Header')}
        placeholder="content-type"
        value={of.name}
        onChange={(event) => set({ ...of, name: event.currentTarget.value })}
      />
    );
  return null;
};

const HowFields = ({ of, nth, set }: FieldsProps<AssertionSchema>) => {
  switch (of.kind) {
    case 'header':
    case 'body':
    case 'json':
    case 'final-url':
    case 'remote-address':
      return <TextFields of={of} nth={nth} set={set} />;
    case 'header-present':
    case 'json-present':
      return <PresenceField of={of} nth={nth} set={set} />;
    case 'json-number':
    case 'body-size':
      return <BoundFields of={of} nth={nth} set={set} />;
    case 'response-time':
      return (
        <>
          <Select
            aria-label={nameOf(nth, 'Phase')}
            allowDeselect={false}
            data={said(phases)}
            value={of.phase}
            onChange={(next) => set({ ...of, phase: phases.find(({ value }) => value === next)?.value ?? of.phase })}
          />
          <NumberInput
            aria-label={nameOf(nth, 'Length')}
            prefix="at most "
            suffix=" ms"
            min={1}
            max={60_000}
            value={of.atMostMs}
            onChange={(next) => set({ ...of, atMostMs: Number(next) })}
          />
        </>
      );
    case 'certificate-days':
      return (
        <NumberInput
          aria-label={nameOf(nth, 'Days')}
          prefix="for "
          suffix=" more days"
          min={0}
          max={3_650}
          value={of.atLeast}
          onChange={(next) => set({ ...of, atLeast: Number(next) })}
        />
      );
  }
};

/** What an answer must be besides its status: a line each. */
export const AssertionFields = ({ form }: { readonly form: MonitorForm }) => {
  const { assertions } = form.values;
  const [kind, setKind] = useState<Kind>('body');
  const write = (next: readonly AssertionSchema[]): void => form.setFieldValue('assertions', next);
  return (
    <fieldset className={styles.assertions}>
      <legend>
        <Trans>Assertions</Trans>
      </legend>
      <p className={styles.sentence}>
        What an answer must be besides its status. If one does not hold, the check is down.
        {assertions.some((one) => 'path' in one)
          ? ' Of several values that a JSON path leads to, the first is compared.'
          : null}
      </p>
      {assertions.map((of, i) => {
        const fields = {
          of,
          nth: i + 1,
          set: (next: AssertionSchema) => write(assertions.map((one, at) => (at === i ? next : one))),
        };
        return (
          <div key={`${i} ${of.kind}`} className={styles.assertion}>
            <span className={styles.assertionKind}>{said(kinds).find(({ value }) => value === of.kind)?.label}</span>
            <WhereField {...fields} />
            <HowFields {...fields} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove assertion ${i + 1}`}
              onClick={() => write(assertions.filter((_, at) => at !== i))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      {form.errors.assertions === undefined ? null : (
        <p className={styles.fault} role="alert">
          {form.errors.assertions}
        </p>
      )}
      <div className={styles.assertionNew}>
        <Select
          aria-label={t`Kind of the new assertion`}
          allowDeselect={false}
          data={said(kinds)}
          value={kind}
          onChange={(next) => setKind(kinds.find(({ value }) => value === next)?.value ?? kind)}
        />
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={assertions.length >= most}
          onClick={() => write([...assertions, freshAssertion(kind)])}
        >
          Add assertion
        </Button>
      </div>
    </fieldset>
  );
};
