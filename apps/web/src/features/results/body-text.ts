/** Bytes as text, whatever they are: nothing of a foreign answer is ever rendered. */
export const bodyText = (base64: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
