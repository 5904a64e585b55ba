import { Fragment, type ReactNode } from 'react';

type Props<T> = Readonly<{ of: readonly T[]; children: (item: T, index: number) => ReactNode }>;

/** Rows of a form that hold nothing of their own: their place is identity enough. */
export const Rows = <T,>({ of, children }: Props<T>) =>
  of.map((item, index) => <Fragment key={index}>{children(item, index)}</Fragment>);
