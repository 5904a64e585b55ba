/** Whether this page can make and use passkeys; an address holds none, and on loopback its name can. */
export const passkeyPlace = (): 'here' | 'not-here' | Readonly<{ at: string }> => {
  const { hostname, href } = window.location;
  if (hostname === '127.0.0.1') return { at: href.replace('//127.0.0.1', '//localhost') };
  const named = !/^[\d.]+$|^\[/u.test(hostname);
  return named && window.isSecureContext && 'PublicKeyCredential' in window ? 'here' : 'not-here';
};
