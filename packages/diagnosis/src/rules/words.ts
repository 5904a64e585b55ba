import type { Weights } from '../causes.ts';

/** Words on a page that say what went wrong, whoever wrote them. */
export type Words = Readonly<{
  id: string;
  of: RegExp;
  /** "the page says that …" */
  text: string;
  /** What they speak for on a page that bears an error status. */
  weights: Weights;
  /** Nobody writes this but a program that failed: it counts in the middle of a long page too. */
  isRaw: boolean;
  source: string;
}>;

const common = 'wordings people meet';

/** The first of each that is found counts; several may. */
export const pageWords: readonly Words[] = [
  {
    id: 'php-error',
    of: /(?:Fatal|Parse) error(?:<\/b>)?\s?:\s{1,3}(?:Uncaught |Allowed memory|Maximum execution|syntax error|Out of memory|Cannot |Call to |Class |Declaration |Unsupported |require|include)/u,
    text: "the page shows PHP's own error",
    weights: { 'app-error': 40 },
    isRaw: true,
    source: 'php-src, main/main.c',
  },
  {
    id: 'python-traceback',
    of: /Traceback \(most recent call last\):/u,
    text: "the page shows Python's own error",
    weights: { 'app-error': 40 },
    isRaw: true,
    source: 'docs.python.org/3/library/traceback',
  },
  {
    id: 'stack-trace',
    of: /\bat (?:[\w$.<>]{1,80} )?\(?(?:file:\/\/)?\/[^\s()]{1,200}:\d{1,6}:\d{1,6}\)?|\bat (?:java|javax|org|com)\.[\w$.]{1,200}\([\w$]{1,80}\.java:\d{1,6}\)|goroutine \d{1,9} \[running\]:|System\.[A-Za-z.]{1,80}Exception: /u,
    text: "the page shows a program's stack",
    weights: { 'app-error': 40 },
    isRaw: true,
    source: 'V8, OpenJDK, Go and .NET: their stack traces',
  },
  {
    id: 'database-connection',
    of: /Error establishing a (?:database|Redis) connection|SQLSTATE\[[0-9A-Z]{5}\]|could not connect to (?:the )?(?:database|server: Connection refused)|(?:mysqli?|PDO)[\w:]{0,40}[^\n]{0,80}(?:Connection refused|Too many connections|gone away)|Can't connect to (?:local )?MySQL server/iu,
    text: 'the page says that the application found no database',
    weights: { 'app-error': 30 },
    isRaw: true,
    source: 'WordPress, wp-includes/functions.php, dead_db(); php-src, PDO',
  },
  {
    id: 'wordpress-critical',
    of: /There has been a critical error on (?:this|your) website/iu,
    text: "the page is WordPress' own notice of a critical error",
    weights: { 'app-error': 40 },
    isRaw: true,
    source: 'WordPress, wp-includes/class-wp-fatal-error-handler.php',
  },
  {
    id: 'maintenance-words',
    of: /(?:(?:briefly |currently |temporarily )?(?:unavailable|down|closed|offline) for (?:scheduled |planned |routine )?(?:maintenance|upgrade)|under(?:going)? (?:scheduled |planned |routine )?maintenance|(?:scheduled|planned|routine|site|website) maintenance|maintenance (?:mode|in progress|break|window)|be (?:right )?back (?:soon|shortly|later|online)|wartungs(?:arbeiten|modus)|en maintenance|en mantenimiento|in manutenzione)/iu,
    text: 'the page speaks of maintenance',
    weights: { maintenance: 30, 'origin-refusing': 1.5 },
    isRaw: false,
    source: 'WordPress, wp-includes/load.php, wp_maintenance(); pages people meet',
  },
  {
    id: 'rate-limit-words',
    of: /(?:too many (?:requests|connections)|rate.?limit(?:ed|ing)? ?(?:exceeded|reached)?|you have been (?:rate|temporarily) limited|request (?:limit|quota) (?:exceeded|reached)|bandwidth limit exceeded|resource limit is reached|slow down)/iu,
    text: 'the page speaks of too many requests',
    weights: { 'rate-limited': 16, 'origin-saturated': 1.5 },
    isRaw: false,
    source: 'RFC 6585, section 4; pages people meet',
  },
  {
    id: 'blocked-words',
    of: /(?:access denied|you (?:have been|are) (?:blocked|denied|banned)|(?:your )?(?:request|ip|access) (?:address )?(?:has been|was|is) (?:blocked|denied|banned|rejected)|(?:verify|confirm|checking) (?:that )?(?:you are|if you are|you're|your browser)|(?:are you|not) a robot|captcha|unusual traffic|web application firewall|enable javascript and cookies to continue|not available in your (?:country|region)|attention required)/iu,
    text: 'the page turns its reader away, or wants proof of a person',
    weights: { blocked: 20, 'origin-refusing': 0.8 },
    isRaw: false,
    source: 'pages people meet',
  },
  {
    id: 'overload-words',
    of: /(?:(?:server|service|system|site|we are|we're) (?:is |are )?(?:currently |temporarily )?(?:overloaded|too busy|over capacity|at capacity)|(?:heavy|high) (?:load|traffic|demand)|server (?:is )?busy|no (?:free|available) (?:workers?|slots?)|queue (?:is )?full)/iu,
    text: 'the page speaks of too much load',
    weights: { 'origin-saturated': 10, 'gateway-overloaded': 3, 'rate-limited': 1.5 },
    isRaw: false,
    source: 'RFC 9110, section 15.6.4; pages people meet',
  },
  {
    id: 'no-backend-words',
    of: /(?:no (?:server|healthy|live|available) ?(?:is available|upstreams?|backends?|servers?|instances?|targets?)[^\n]{0,40}|no healthy upstream|backend (?:is )?(?:unhealthy|unavailable))/iu,
    text: 'the page says that no server behind the gateway is well',
    weights: { 'no-live-upstream': 8, 'origin-not-listening': 3 },
    isRaw: false,
    source: 'HAProxy, errors/503.http; Envoy; Varnish: their own pages',
  },
  {
    id: 'gateway-words',
    of: /(?:\b50[0-4]\b[ :,-]{0,3}(?:bad gateway|gateway time-?out|service (?:temporarily )?unavailable|internal server error|proxy error|server error)|bad gateway|gateway time-?out|proxy error|(?:http )?error 50[0-4]\b|temporary error \(50[0-4]\)|service (?:temporarily |is )?unavailable|internal server error|server error in '\/'|backend fetch failed|upstream (?:connect|request) (?:error|timeout)|application error|application failed to respond|something went wrong|an (?:unexpected |internal )?error (?:has )?occurred|503 -|error code:? ?5\d\d\b|whoops, looks like|page (?:isn't|is not) working|temporarily (?:unavailable|down|offline))/iu,
    text: "the page's words are those of an error",
    weights: {},
    isRaw: false,
    source: common,
  },
  {
    id: 'apology-words',
    of: /(?:(?:having|experiencing|encountering|encountered) (?:some |a few |an? )?(?:temporary |technical |server )?(?:trouble|problems?|difficult(?:y|ies)|issues?|errors?|outage)|(?:try|come|check) (?:again|back) (?:later|soon|shortly|in (?:a|some|few)\b)|could ?n(?:o|['’])t (?:be )?(?:load(?:ed)?|complete|process|fulfil)|technische[nrs]? (?:störung|problem|schwierigkeit)|(?:später|plus tard|más tarde|più tardi|mais tarde) (?:erneut|noch ?mal|wieder|de nuevo|di nuovo|novamente)|réessayer (?:plus tard|ultérieurement))/iu,
    text: 'the page apologises for a trouble of the site',
    weights: {},
    isRaw: false,
    source: common,
  },
  {
    id: 'refusal-words',
    of: /(?:\b40[034]\b[ :,–-]{0,3}(?:bad request|forbidden|(?:page |file )?not found)|(?:page|file|site|requested url) (?:was |could )?not (?:be )?found)/iu,
    text: "the page's words are those of a refusal",
    weights: {},
    isRaw: false,
    source: common,
  },
];
