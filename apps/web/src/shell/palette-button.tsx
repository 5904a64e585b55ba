import { t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Kbd } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { modKey } from './mod-key.ts';
import styles from './shell.module.css';

type Props = Readonly<{ onOpen: () => void; compact?: boolean }>;

/** Opens the palette, and says which keys do. */
export const PaletteButton = ({ onOpen, compact = false }: Props) => (
  <button
    type="button"
    className={compact ? styles.paletteCompact : styles.palette}
    aria-keyshortcuts="Control+K Meta+K"
    aria-label={compact ? t`Search or do` : undefined}
    onClick={onOpen}
  >
    <IconSearch size={compact ? 20 : 16} aria-hidden />
    {compact ? null : (
      <>
        <span>
          <Trans>Search or do</Trans>
        </span>
        <Kbd size="xs">{modKey()} K</Kbd>
      </>
    )}
  </button>
);
