/**
 * What curl 7.88.1 and GNU Wget 1.21.3 (Debian) print of a 502 page as nginx writes it, recorded; `curl-100` with a body to
 * send, `-L` and `wget-S` with a redirect before, `refused` where nothing listens.
 */
export const recorded = {
  'curl-i': `HTTP/1.1 502 Bad Gateway\r
Server: nginx\r
Content-Type: text/html\r
Content-Length: 150\r
Date: Sat, 28 Nov 2026 04:41:43 GMT\r
Connection: keep-alive\r
Keep-Alive: timeout=5\r
\r
<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`,
  'curl-iL': `HTTP/1.1 302 Found\r
location: /x\r
Date: Sat, 28 Nov 2026 04:41:43 GMT\r
Connection: keep-alive\r
Keep-Alive: timeout=5\r
Transfer-Encoding: chunked\r
\r
HTTP/1.1 502 Bad Gateway\r
Server: nginx\r
Content-Type: text/html\r
Content-Length: 150\r
Date: Sat, 28 Nov 2026 04:41:43 GMT\r
Connection: keep-alive\r
Keep-Alive: timeout=5\r
\r
<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`,
  'curl-v': `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:18991...
* Connected to 127.0.0.1 (127.0.0.1) port 18991 (#0)
> GET / HTTP/1.1\r
> Host: 127.0.0.1:18991\r
> User-Agent: curl/7.88.1\r
> Accept: */*\r
> \r
< HTTP/1.1 502 Bad Gateway\r
< Server: nginx\r
< Content-Type: text/html\r
< Content-Length: 150\r
< Date: Sat, 28 Nov 2026 04:41:43 GMT\r
< Connection: keep-alive\r
< Keep-Alive: timeout=5\r
< \r
{ [150 bytes data]
\r100   150  100   150    0     0   111k      0 --:--:-- --:--:-- --:--:--  146k
* Connection #0 to host 127.0.0.1 left intact
<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`,
  'curl-sv': `*   Trying 127.0.0.1:18991...
* Connected to 127.0.0.1 (127.0.0.1) port 18991 (#0)
> GET / HTTP/1.1\r
> Host: 127.0.0.1:18991\r
> User-Agent: curl/7.88.1\r
> Accept: */*\r
> \r
< HTTP/1.1 502 Bad Gateway\r
< Server: nginx\r
< Content-Type: text/html\r
< Content-Length: 150\r
< Date: Sat, 28 Nov 2026 04:41:43 GMT\r
< Connection: keep-alive\r
< Keep-Alive: timeout=5\r
< \r
{ [150 bytes data]
* Connection #0 to host 127.0.0.1 left intact
<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`,
  'curl-100': `*   Trying 127.0.0.1:18991...
* Connected to 127.0.0.1 (127.0.0.1) port 18991 (#0)
> POST / HTTP/1.1\r
> Host: 127.0.0.1:18991\r
> User-Agent: curl/7.88.1\r
> Accept: */*\r
> Expect: 100-continue\r
> Content-Length: 502\r
> Content-Type: application/x-www-form-urlencoded\r
> \r
< HTTP/1.1 100 Continue\r
} [502 bytes data]
* We are completely uploaded and fine
< HTTP/1.1 502 Bad Gateway\r
< Server: nginx\r
< Content-Type: text/html\r
< Content-Length: 150\r
< Date: Sat, 28 Nov 2026 04:41:43 GMT\r
< Connection: keep-alive\r
< Keep-Alive: timeout=5\r
< \r
{ [150 bytes data]
* Connection #0 to host 127.0.0.1 left intact
<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx</center>\r
</body>\r
</html>\r
`,
  'curl-I': `HTTP/1.1 502 Bad Gateway\r
Server: nginx\r
Content-Type: text/html\r
Content-Length: 150\r
Date: Sat, 28 Nov 2026 04:41:43 GMT\r
Connection: keep-alive\r
Keep-Alive: timeout=5\r
\r
`,
  'wget-S': `--2026-11-28 04:41:43--  http://127.0.0.1:18991/r
Connecting to 127.0.0.1:18991... connected.
HTTP request sent, awaiting response... 
  HTTP/1.1 302 Found
  location: /x
  Date: Sat, 28 Nov 2026 04:41:43 GMT
  Connection: keep-alive
  Keep-Alive: timeout=5
  Transfer-Encoding: chunked
Location: /x [following]
--2026-11-28 04:41:43--  http://127.0.0.1:18991/x
Reusing existing connection to 127.0.0.1:18991.
HTTP request sent, awaiting response... 
  HTTP/1.1 502 Bad Gateway
  Server: nginx
  Content-Type: text/html
  Content-Length: 150
  Date: Sat, 28 Nov 2026 04:41:43 GMT
  Connection: keep-alive
  Keep-Alive: timeout=5
2026-11-28 04:41:43 ERROR 502: Bad Gateway.

`,
  wget: `--2026-11-28 04:41:43--  http://127.0.0.1:18991/
Connecting to 127.0.0.1:18991... connected.
HTTP request sent, awaiting response... 502 Bad Gateway
2026-11-28 04:41:43 ERROR 502: Bad Gateway.

`,
  refused: `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current
                                 Dload  Upload   Total   Spent    Left  Speed
\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0*   Trying 127.0.0.1:1...
* connect to 127.0.0.1 port 1 failed: Connection refused
* Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server
\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0
* Closing connection 0
curl: (7) Failed to connect to 127.0.0.1 port 1 after 0 ms: Couldn't connect to server
`,
} as const;
