import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, RefAttributes } from 'react';

type Html<P> = P &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P | 'children'> &
  RefAttributes<HTMLAnchorElement>;

/** A link within the dashboard. */
export const Link = createLink((props: Html<AnchorProps>) => <Anchor underline="always" {...props} />);
/** The same with a button's looks. */
export const ButtonLink = createLink((props: Html<ButtonProps>) => <Button component="a" {...props} />);
