import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef } from 'react';
import { AuthError, askPasskeys } from './ask-auth.ts';
import { passkeyPlace } from './passkey-place.ts';

/** The server forgets its challenge after five minutes. */
const freshForMs = 4 * 60_000;
/** A passkey was chosen and refused; of what failed before that, nobody had asked. */
const told: ReadonlySet<string | null> = new Set(['passkey-not-found', 'authentication-failed', 'holder-not-verified']);

const canOffer = async (): Promise<boolean> =>
  passkeyPlace() === 'here' &&
  typeof PublicKeyCredential.isConditionalMediationAvailable === 'function' &&
  (await PublicKeyCredential.isConditionalMediationAvailable());

/** True once somebody chose one and is logged in; waits for as long as the page is there. */
const offer = async (): Promise<boolean> => {
  if (!(await canOffer())) return false;
  try {
    await askPasskeys((auth) => auth.signIn.passkey({ autoFill: true }));
    return true;
  } catch (error) {
    if (error instanceof AuthError && told.has(error.code)) throw error;
    return false;
  }
};

/** Passkeys among what the browser offers to fill into the e-mail field. */
export const usePasskeyAutofill = (onDone: () => void) => {
  const askedAt = useRef(0);
  const { mutate, error } = useMutation({ mutationFn: offer });
  const again = useEffectEvent(() => {
    askedAt.current = Date.now();
    mutate(undefined, { onSuccess: (isIn) => isIn && onDone() });
  });
  useEffect(() => {
    const renew = (): void => {
      if (document.visibilityState === 'visible' && Date.now() - askedAt.current > freshForMs) again();
    };
    renew();
    document.addEventListener('visibilitychange', renew);
    return () => document.removeEventListener('visibilitychange', renew);
  }, []);
  return error;
};
