/** What stands in the place of what was taken out. */
export const gone = '[redacted]';

const address4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)/gu;
const address6 = /(?<![\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])/giu;
/** Also with the year before it, as access logs write it: no address has four groups of only figures. */
const isClock = (text: string): boolean => /^(?:\d{4}:)?\d{1,2}:\d{2}(?::\d{2})?$/u.test(text);

/** What stands between quotes or brackets, also where the line was cut before they close. */
const quoted = String.raw`"(?:[^"\\]|\\.)*(?:"|\\?$)`;
const single = String.raw`'(?:[^'\\]|\\.)*(?:'|\\?$)`;
/** Of a text within a text. */
const escaped = String.raw`\\"(?:[^"\\]|\\[^"])*(?:\\"|\\?$|(?="))`;
/** A bracket within its quotes closes nothing. */
const listed = String.raw`\[(?:"(?:[^"\\]|\\.)*(?:"|\\?$)|[^\]"])*(?:\]|$)`;
const closed = [escaped, quoted, single, listed].join('|');
/** What stands between a name, which may be quoted, and its value. */
const is = String.raw`\\?["']?\s*[:=]\s*`;

/** A character of a query, escaped or not, that closes nothing. */
const plain = String.raw`\\?[^ \t-\r"',)\]}>\\]|\\\\`;

/** A credential: an empty one keeps what stands beside it, and a closing quote is left to what it closes. */
const value = [
  String.raw`\\"(?=[^\s"\\])(?:[^"\\]|\\[^"])*`,
  String.raw`"(?=[^\s",}\]])(?:[^"\\]|\\.)*`,
  String.raw`'(?=[^\s'])(?:[^'\\]|\\.)*`,
  listed,
  String.raw`(?!\\")[^\s&;,"']+`,
].join('|');

/**
 * Order matters: what may hold other things goes first. No repetition has an upper bound: what is longer than it would
 * show its rest. Each is written so that it is tried from few places and gives way in one direction only.
 */
const steps: readonly (readonly [of: RegExp, put: string])[] = [
  [
    new RegExp(
      String.raw`((?:cookie|authorization|x-api-key|x-auth-token|proxy-authorization)${is})(?:${closed}|(?:="[^"\n]*"|[^,"\n])*)`,
      'giu',
    ),
    `$1${gone}`,
  ],
  [new RegExp(String.raw`(referr?er${is})(?:${closed}|[^\s"]*)`, 'giu'), `$1${gone}`],
  [new RegExp(String.raw`(user.agent${is})(?:${closed}|[^,"\n]*)`, 'giu'), `$1${gone}`],
  [/(\/\/)[^/?#\s"]+@/gu, `$1${gone}@`],
  // What may close a bracket, a quote or a clause is a part of the query as well, where more of it follows at once.
  [new RegExp(String.raw`\?(?:${plain}|(?:\\?[',)\]}>]|\\")+(?=${plain}))+`, 'gu'), `?${gone}`],
  [/(?<![\p{L}\p{N}_.+-])[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu, gone],
  [/\{[^{}\n]+\}(?= (?:\{|"|<BADREQ>))/gu, `{${gone}}`],
  // HAProxy's captured headers, where the line was cut before they close: after its queues or another capture.
  [/(?<= \d+\/\d+ |\} )\{[^{}\n]*$/gu, `{${gone}`],
  // HAProxy's captured cookies, request's and answer's: after status and bytes, before how the session ended.
  [/( -?\d{1,3} \+?\d{1,12} )\S+ \S+(?= [A-Za-z-]{4} \d{1,9}\/\d{1,9}\/)/gu, `$1${gone} ${gone}`],
  [
    new RegExp(
      String.raw`(?<![\w-])[\w-]*(?:token|secret|password|passwd|session(?:id)?|api[_-]?key|signature)\\?["']?\s*(?:=|%3D|:)\s*(?:${value})`,
      'giu',
    ),
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
