import { i18n } from '@lingui/core';
import { msg, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { Kbd, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { modKey } from './mod-key.ts';
import styles from './shell.module.css';

const shortcuts = () =>
  [
    [[modKey(), 'K'], msg`Go anywhere, do anything: the command palette`],
    [['/'], msg`Search this list`],
    [['n'], msg`New monitor`],
    [['g', 'm'], msg`Go to the monitors`],
    [['g', 'i'], msg`Go to the incidents`],
    [['g', 'a'], msg`Go to alerting`],
    [['g', 's'], msg`Go to the settings`],
    [['j'], msg`Next row of a list; the older look while one is open`],
    [['k'], msg`Previous row of a list; the newer look while one is open`],
    [['Enter'], msg`Open the row`],
    [['x'], msg`Acknowledge the incident on the page`],
    [['Esc'], msg`Close what is open, leave the search`],
    [['?'], msg`This list`],
  ] as const;

type Props = Readonly<{ onClose: () => void }>;

/** Every shortcut there is. */
export const ShortcutsDialog = ({ onClose }: Props) => {
  const [opened, setOpened] = useState(false);
  useEffect(() => setOpened(true), []);
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      onExitTransitionEnd={onClose}
      title={t`Keyboard shortcuts`}
      centered
    >
      <dl className={styles.shortcuts}>
        {shortcuts().map(([keys, what]) => (
          <div key={keys.join(' ')} className={styles.shortcut}>
            <dt>{i18n.t(what)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.shortcutsNote}>
        <Trans>They rest while you type, and while a dialog or a menu is open.</Trans>
      </p>
    </Modal>
  );
};
