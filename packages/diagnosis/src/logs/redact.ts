/** What stands in the place of what was taken out. */
export const gone = '[redacted]';

const address4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/gu;
const address6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/giu;
/** Also with the year before it, as access logs write it: no address has four groups of only figures. */
const isClock = (text: string): boolean => /^(?:\d{4}:)?\d{1,2}:\d{2}(?::\d{2})?$/u.test(text);

/** Order matters: what may hold other things goes first. */
const steps: readonly (readonly [of: RegExp, put: string])[] = [
  [
    /((?:cookie|authorization|x-api-key|x-auth-token|proxy-authorization)"?\s?[:=]\s?)(?:"(?:[^"\\]|\\.){0,4000}"|\[[^\]]{0,4000}\]|[^,"\n]{0,4000})/giu,
    `$1${gone}`,
  ],
  [/((?:referrer|referer|user.agent)"?\s?[:=]\s?)(?:"[^"]{0,4000}"|\[[^\]]{0,4000}\]|[^,"\n]{0,4000})/giu, `$1${gone}`],
  [/(\/\/)[^/?#@\s"]{1,300}@/gu, `$1${gone}@`],
  // What may close a bracket or end a clause is a part of the query as well, where more of it follows at once.
  [/\?(?:[^\s"',)\]}>]|[',)\]}>]{1,20}(?=[^\s"',)\]}>])){1,4000}/gu, `?${gone}`],
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/gu, gone],
  [/\{[^{}\n]{1,2000}\}(?= (?:\{|"|<BADREQ>))/gu, `{${gone}}`],
  // HAProxy's captured cookies, request's and answer's: after status and bytes, before how the session ended.
  [/( -?\d{1,3} \+?\d{1,12} )\S{1,4000} \S{1,4000}(?= [A-Za-z-]{4} \d{1,9}\/\d{1,9}\/)/gu, `$1${gone} ${gone}`],
  [
    /\b[\w-]{0,40}(?:token|secret|password|passwd|session(?:id)?|api[_-]?key|signature)["']?(?:=|%3D|:)\s?["']?[^\s&;,"']{1,2000}/giu,
    gone,
  ],
  [/\beyJ[\w-]{8,2000}\.[\w-]{4,2000}\.[\w-]{0,2000}/gu, gone],
  [/\bBearer\s[\w.~+/=-]{4,2000}/giu, gone],
];

/**
 * A line without client addresses, cookies, credentials, query strings and mail addresses. `kept`: where the gateway was going;
 * its address stays.
 */
export const redactLine = (line: string, kept: string | null): string => {
  const bare = steps.reduce((text, [of, put]) => text.replace(of, put), line);
  const stays = (address: string): boolean => kept?.includes(address) === true;
  // The client is named before anything else is: its address goes even where it is the upstream's.
  const client = bare.replace(
    /((?:\bclient:? |\[client |remote_(?:ip|addr)"?[:=]\s?"?))[^\s,\]"]{1,60}/gu,
    `$1${gone}`,
  );
  return client
    .replace(address4, (each) => (stays(each) ? each : gone))
    .replace(address6, (each) => (isClock(each) || stays(each) ? each : gone));
};
