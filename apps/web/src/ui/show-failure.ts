import { notifications } from '@mantine/notifications';
import { messageOf } from '../api/call-error.ts';

/** For an act without a form of its own. */
export const showFailure = (error: Error): void => {
  notifications.show({ color: 'red', title: 'That did not work', message: messageOf(error) });
};
