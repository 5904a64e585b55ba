import { type Sample, sample } from './sample.fixture.ts';

/** Recorded from Debian squid 5.7: what it sent, how long it took (timeouts set to 2 s), and what was done to it. */
export const squidSamples: readonly Sample[] = [
  sample(
    'squid',
    'a dead origin',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:47 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3055\nX-Squid-Error: ERR_READ_ERROR 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: MISS from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_READ_ERROR>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="http://lab.example/dead">http://lab.example/dead</a></p>\n\n<blockquote id="error">\n<p><b>Read Error</b></p>\n</blockquote>\n\n<p id="sysmsg">The system returned: <i>[No Error]</i></p>\n\n<p>An error condition occurred while reading data from the network. Please retry your request.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:47 GMT by lab (squid/5.7)</p>\n<!-- ERR_READ_ERROR -->\n</div>\n</body></html>\n',
    ['origin-not-listening'],
  ),
  sample(
    'squid',
    'a silent origin',
    2005,
    'HTTP/1.1 504 Gateway Timeout\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3112\nX-Squid-Error: ERR_READ_TIMEOUT 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: MISS from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_READ_TIMEOUT>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="http://lab.example/silent">http://lab.example/silent</a></p>\n\n<blockquote id="error">\n<p><b>Read Timeout</b></p>\n</blockquote>\n\n<p id="sysmsg">The system returned: <i>[No Error]</i></p>\n\n<p>A Timeout occurred while waiting to read data from the network. The network or server may be down or congested. Please retry your request.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:49 GMT by lab (squid/5.7)</p>\n<!-- ERR_READ_TIMEOUT -->\n</div>\n</body></html>\n',
    ['origin-timeout'],
  ),
  sample(
    'squid',
    'an origin that closes',
    3,
    'HTTP/1.1 502 Bad Gateway\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 2973\nX-Squid-Error: ERR_ZERO_SIZE_OBJECT 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: MISS from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_ZERO_SIZE_OBJECT>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="http://lab.example/close">http://lab.example/close</a></p>\n\n<blockquote id="error">\n<p><b>Zero Sized Reply</b></p>\n</blockquote>\n\n<p>Squid did not receive any data for this request.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:49 GMT by lab (squid/5.7)</p>\n<!-- ERR_ZERO_SIZE_OBJECT -->\n</div>\n</body></html>\n',
    ['origin-closed-early'],
  ),
  sample(
    'squid',
    'an origin that resets',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3073\nX-Squid-Error: ERR_READ_ERROR 104\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: MISS from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_READ_ERROR>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="http://lab.example/rst">http://lab.example/rst</a></p>\n\n<blockquote id="error">\n<p><b>Read Error</b></p>\n</blockquote>\n\n<p id="sysmsg">The system returned: <i>(104) Connection reset by peer</i></p>\n\n<p>An error condition occurred while reading data from the network. Please retry your request.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:49 GMT by lab (squid/5.7)</p>\n<!-- ERR_READ_ERROR -->\n</div>\n</body></html>\n',
    ['origin-reset'],
  ),
  sample(
    'squid',
    'an origin with huge headers',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3268\nX-Squid-Error: ERR_TOO_BIG 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: MISS from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_TOO_BIG>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="http://lab.example/big">http://lab.example/big</a></p>\n\n<blockquote id="error">\n<p><b>The request or reply is too large.</b></p>\n</blockquote>\n\n<p>If you are making a POST or PUT request, then the item you are trying to upload is too large.</p>\n<p>If you are making a GET request, then the item you are trying to download is too large.</p>\n<p>These limits have been established by the Internet Service Provider who operates this cache. Please contact them directly if you feel this is an error.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:49 GMT by lab (squid/5.7)</p>\n<!-- ERR_TOO_BIG -->\n</div>\n</body></html>\n',
    ['origin-header-too-big'],
  ),
  sample(
    'squid',
    'an origin with two lengths',
    1,
    'HTTP/1.1 502 Bad Gateway\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:49 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3216\nX-Squid-Error: ERR_INVALID_RESP 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: MISS from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_INVALID_RESP>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p><b>Invalid Response</b> error was encountered while trying to process the request:</p>\n\n<blockquote id="data">\n<pre>GET /duplen HTTP/1.1\r\nUser-Agent: farwatch\r\nAccept: */*\r\nConnection: close\r\nHost: lab.example\r\n\r\n</pre>\n</blockquote>\n\n<p>The HTTP Response message received from the contacted server could not be understood or was otherwise malformed. Please contact the site operator.</p>\n\n<p>Your cache administrator may be able to provide you with more details about the exact nature of the problem if needed.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:49 GMT by lab (squid/5.7)</p>\n<!-- ERR_INVALID_RESP -->\n</div>\n</body></html>\n',
    ['origin-invalid-response'],
  ),
  sample(
    'squid',
    'a deny rule',
    0,
    'HTTP/1.1 403 Forbidden\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:51 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3069\nX-Squid-Error: ERR_ACCESS_DENIED 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: NONE from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_ACCESS_DENIED>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="http://lab.example/denied">http://lab.example/denied</a></p>\n\n<blockquote id="error">\n<p><b>Access Denied.</b></p>\n</blockquote>\n\n<p>Access control configuration prevents your request from being allowed at this time. Please contact your service provider if you feel this is incorrect.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:51 GMT by lab (squid/5.7)</p>\n<!-- ERR_ACCESS_DENIED -->\n</div>\n</body></html>\n',
    ['blocked'],
  ),
  sample(
    'squid',
    'huge request headers',
    0,
    'HTTP/1.1 431 Request Header Fields Too Large\nServer: squid/5.7\nMime-Version: 1.0\nDate: Sat, 28 Nov 2026 04:48:52 GMT\nContent-Type: text/html;charset=utf-8\nContent-Length: 3270\nX-Squid-Error: ERR_TOO_BIG 0\nVary: Accept-Language\nContent-Language: en\nX-Cache: MISS from lab\nX-Cache-Lookup: NONE from lab:41140\nVia: 1.1 lab (squid/5.7)\nConnection: close',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">\n<html><head>\n<meta type="copyright" content="Copyright (C) 1996-2021 The Squid Software Foundation and contributors">\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<title>ERROR: The requested URL could not be retrieved</title>\n<style></style>\n</head><body id=ERR_TOO_BIG>\n<div id="titles">\n<h1>ERROR</h1>\n<h2>The requested URL could not be retrieved</h2>\n</div>\n<hr>\n\n<div id="content">\n<p>The following error was encountered while trying to retrieve the URL: <a href="error:request-too-large">error:request-too-large</a></p>\n\n<blockquote id="error">\n<p><b>The request or reply is too large.</b></p>\n</blockquote>\n\n<p>If you are making a POST or PUT request, then the item you are trying to upload is too large.</p>\n<p>If you are making a GET request, then the item you are trying to download is too large.</p>\n<p>These limits have been established by the Internet Service Provider who operates this cache. Please contact them directly if you feel this is an error.</p>\n\n<p>Your cache administrator is <a href="mailto:webmaster">webmaster</a>.</p>\n<br>\n</div>\n\n<hr>\n<div id="footer">\n<p>Generated Sat, 28 Nov 2026 04:48:52 GMT by lab (squid/5.7)</p>\n<!-- ERR_TOO_BIG -->\n</div>\n</body></html>\n',
    ['request-too-large'],
  ),
];
