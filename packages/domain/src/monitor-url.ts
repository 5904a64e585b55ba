export const maxUrlLength = 2_048;

export type UrlFault = 'url-invalid' | 'url-scheme' | 'url-credentials' | 'url-no-host' | 'url-too-long';

/** What is wrong with a fault's URL, as one sentence for people. */
export const urlFaultText: Readonly<Record<UrlFault, string>> = {
  'url-invalid': 'This is not a URL.',
  'url-scheme': 'Only http:// and https:// URLs can be watched.',
  'url-credentials': 'Take the user name and password out of the URL.',
  'url-no-host': 'The URL has no host.',
  'url-too-long': `A URL may have at most ${maxUrlLength} characters.`,
};

export type ParsedUrl = Readonly<{ ok: true; url: URL }> | Readonly<{ ok: false; fault: UrlFault }>;

/** The URL standard would drop these silently; what was typed and what is watched would then differ. */
const hasControlOrSpace = (text: string): boolean => [...text].some((c) => c <= ' ' || c === '\u007f');

/** Reads what a user typed, by the WHATWG URL standard. Addresses are judged elsewhere, by the checker. */
export const parseMonitorUrl = (text: string): ParsedUrl => {
  if (text.length > maxUrlLength) return { ok: false, fault: 'url-too-long' };
  if (hasControlOrSpace(text)) return { ok: false, fault: 'url-invalid' };
  if (/^https?:\/{0,2}$/iu.test(text) || /^https?:\/\/(?:[/?#]|:\d)/iu.test(text))
    return { ok: false, fault: 'url-no-host' };
  const url = URL.parse(text);
  if (url === null) return { ok: false, fault: 'url-invalid' };
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, fault: 'url-scheme' };
  if (url.username !== '' || url.password !== '') return { ok: false, fault: 'url-credentials' };
  if (url.hostname === '') return { ok: false, fault: 'url-no-host' };
  if (url.href.length > maxUrlLength) return { ok: false, fault: 'url-too-long' };
  return { ok: true, url };
};
