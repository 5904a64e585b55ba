import { EmptyState } from '../ui/empty-state.tsx';
import { ButtonLink } from '../ui/link.tsx';

export const NotFoundPage = () => (
  <EmptyState title="There is nothing here" action={<ButtonLink to="/">Go to your monitors</ButtonLink>}>
    The page does not exist, or what it showed was deleted.
  </EmptyState>
);
