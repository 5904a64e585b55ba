/** What stands in the place of what was taken out. */
export const gone = '[redacted]';

const address4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/gu;
const address6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/giu;
/** Also with the year before it, as access logs write it: no address has four groups of only figures. */
const isClock = (text: string): boolean => /^(?:\d{4}:)?\d{1,2}:\d{2}(?::\d{2})?$/u.test(text);

/** What stands between quotes or brackets, also where the line was cut before they close. */
const quoted = String.raw`"(?:[^"\\]|\\.)*(?:"|\\?$)`;
const listed = String.raw`\[[^\]]*(?:\]|$)`;
const value = `(?:${quoted}|${listed}|[^,"\\n]*)`;

/** A character of a query, escaped or not, that closes nothing. */
const plain = String.raw`\\?[^ \t-\r"',)\]}>\\]|\\\\`;

/**
 * Order matters: what may hold other things goes first. No repetition has an upper bound: what is longer than it would
 * show its rest. Each is written so that it is tried from few places and gives way in one direction only.
 */
const steps: readonly (readonly [of: RegExp, put: string])[] = [
  [
    new RegExp(
      String.raw`((?:cookie|authorization|x-api-key|x-auth-token|proxy-authorization)"?\s?[:=]\s?)${value}`,
      'giu',
    ),
    `$1${gone}`,
  ],
  [new RegExp(String.raw`((?:referrer|referer|user.agent)"?\s?[:=]\s?)${value}`, 'giu'), `$1${gone}`],
  [/(\/\/)[^/?#\s"]+@/gu, `$1${gone}@`],
  // What may close a bracket, a quote or a clause is a part of the query as well, where more of it follows at once.
  [new RegExp(String.raw`\?(?:${plain}|(?:\\?[',)\]}>]|\\")+(?=${plain}))+`, 'gu'), `?${gone}`],
  [/(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]+@[\w-]+(?:\.[\w-]+)+/gu, gone],
  [/\{[^{}\n]+\}(?= (?:\{|"|<BADREQ>))/gu, `{${gone}}`],
  // HAProxy's captured cookies, request's and answer's: after status and bytes, before how the session ended.
  [/( -?\d{1,3} \+?\d{1,12} )\S+ \S+(?= [A-Za-z-]{4} \d{1,9}\/\d{1,9}\/)/gu, `$1${gone} ${gone}`],
  [
    /(?<![\w-])[\w-]*(?:token|secret|password|passwd|session(?:id)?|api[_-]?key|signature)["']?(?:=|%3D|:)\s?(?:"(?=[^\s"])(?:[^"\\]|\\.)*|'(?=[^\s'])[^'\n]*|[^\s&;,"']+)/giu,
    gone,
  ],
  [/(?<![\w-])(?=[\w-]*\beyJ)[\w-]{11,}\.[\w-]{4,}\.[\w-]*/gu, gone],
  [/\bBearer\s[\w.~+/=-]{4,}/giu, gone],
];

/**
 * A line without client addresses, cookies, credentials, query strings and mail addresses. `kept`: where the gateway was going;
 * its address stays.
 */
export const redactLine = (line: string, kept: string | null): string => {
  const bare = steps.reduce((text, [of, put]) => text.replace(of, put), line);
  const stays = (address: string): boolean => kept?.includes(address) === true;
  // The client is named before anything else is: its address goes even where it is the upstream's.
  const client = bare.replace(/((?:\bclient:? |\[client |remote_(?:ip|addr)"?[:=]\s?"?))[^\s,\]"]+/gu, `$1${gone}`);
  return client
    .replace(address4, (each) => (stays(each) ? each : gone))
    .replace(address6, (each) => (isClock(each) || stays(each) ? each : gone));
};
