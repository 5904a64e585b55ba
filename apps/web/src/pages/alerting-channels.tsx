import { Trans } from '@lingui/react/macro';
import { useSuspenseQuery } from '@tanstack/react-query';
import { meQuery } from '../features/accounts/queries.ts';
import { ChannelsList } from '../features/channels/channels-list.tsx';
import { Link } from '../ui/link.tsx';
import card from '../ui/page.module.css';
import { useChannelSlots } from './channel-slots.tsx';
import styles from './pages.module.css';

export const AlertingChannels = ({ onAdd }: { readonly onAdd: () => void }) => {
  const { data: me } = useSuspenseQuery(meQuery);
  const slots = useChannelSlots();
  return (
    <>
      {me.mail === 'files' ? (
        <p className={styles.plain}>
          <Trans>
            No mail server is set, so mails are written to files instead of sent.{' '}
            <Link to="/mails" inherit>
              Read yours
            </Link>
          </Trans>
        </p>
      ) : null}
      <div className={card.card}>
        <ChannelsList onAdd={onAdd} slots={slots} />
      </div>
    </>
  );
};
