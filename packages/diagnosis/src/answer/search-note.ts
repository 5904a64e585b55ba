const hour = 3_600_000;
const day = 24 * hour;

/**
 * What an outage of this length does to search ranking; null while it is short. Google Search Central, "How HTTP status
 * codes, and network and DNS errors affect Google Search" (5xx and 429: crawling slows down at once, pages whose errors stay
 * are dropped in the end) and "Temporarily pause or disable your website" (503 for a short time, not for weeks). `recurring`:
 * how many outages there were within a day.
 */
export const searchNote = (downForMs: number | null, recurring = 0): string | null => {
  const down = downForMs ?? 0;
  if (down >= 2 * day)
    return 'It has been away for days: crawlers have slowed down, and pages that keep failing are being dropped from search results. They come back when they are crawled again; ask for that in the search console once it is mended.';
  if (down >= 6 * hour)
    return 'It has been away for hours: crawlers slow down while they meet errors. Pages stay in search results for now; after some days of it they are dropped. If it takes longer, answer 503 with Retry-After.';
  if (down >= hour)
    return 'An outage of an hour or two makes crawlers ask less often for a while; ranking does not suffer from it.';
  if (recurring >= 3)
    return 'Single short outages cost nothing, but it keeps coming back: crawlers that meet errors again and again ask less often.';
  return null;
};
