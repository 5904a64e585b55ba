import type { Page } from 'playwright-core';

/** Speaks to the API with the page's own session. */
export const caller = (page: Page, url: string) => {
  const call = async <T>(method: string, path: string, data?: unknown): Promise<T> => {
    const response = await page.request.fetch(new URL(path, url).href, {
      method,
      headers: { origin: new URL(url).origin },
      ...(data === undefined ? {} : { data }),
    });
    if (!response.ok()) throw new Error(`${method} ${path}: ${response.status()} ${await response.text()}`);
    return (await response.json()) as T; // the caller names what the endpoint answers
  };
  return call;
};
export type Call = ReturnType<typeof caller>;
