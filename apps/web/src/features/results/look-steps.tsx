import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import styles from './look.module.css';
import type { LookSteps, Way } from './use-look-steps.ts';

const ways = { k: 'newer', j: 'older' } as const satisfies Record<string, Way>;
const isWay = (key: string): key is keyof typeof ways => key in ways;

/** Keys go elsewhere while somebody types, and while another dialog lies above. */
const elsewhere = ({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  ctrlKey ||
  metaKey ||
  altKey ||
  document.querySelectorAll('[role="dialog"]').length > 1 ||
  (target instanceof Element && target.closest('input, textarea, select, [role="menu"]') !== null);

const Step = ({ steps, way }: Readonly<{ steps: LookSteps; way: Way }>) => {
  const step = steps[way];
  const ends = step === null;
  return (
    <Button
      size="xs"
      variant="default"
      loading={steps.busy === way}
      aria-disabled={ends}
      {...(ends ? { 'data-disabled': true } : {})}
      aria-keyshortcuts={way === 'newer' ? 'k' : 'j'}
      leftSection={
        way === 'newer' ? <IconChevronUp size={15} aria-hidden /> : <IconChevronDown size={15} aria-hidden />
      }
      onClick={() => step?.()}
    >
      {way === 'newer' ? <Trans>Newer</Trans> : <Trans>Older</Trans>}
    </Button>
  );
};

/** Through the log without closing the look: by button, or k and j as in the lists. */
export const LookStepper = ({ steps }: { readonly steps: LookSteps }) => {
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (!elsewhere(event) && isWay(event.key)) steps[ways[event.key]]?.();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <div className={styles.steps}>
      <Step steps={steps} way="newer" />
      <Step steps={steps} way="older" />
    </div>
  );
};
