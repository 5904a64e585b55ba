/** ⌘ on what Apple makes, Ctrl elsewhere. */
export const modKey = (): string => (/mac|iphone|ipad/iu.test(navigator.userAgent) ? '⌘' : 'Ctrl');
