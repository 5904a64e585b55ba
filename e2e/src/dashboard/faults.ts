import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The most that may move while a page comes up: Core Web Vitals call 0.1 good; ours is half of it. */
const mostShift = 0.05;

type Rect = Readonly<{ top: number }>;
/** A LayoutShift of the Layout Instability API. */
type Shift = PerformanceEntry &
  Readonly<{
    value: number;
    hadRecentInput: boolean;
    sources: readonly Readonly<{
      node: Readonly<{ textContent: string | null }> | null;
      previousRect: Rect;
      currentRect: Rect;
    }>[];
  }>;

/**
 * Runs in the page before anything else: adds up what moved without anybody having touched it. Chromium takes what moves
 * within 0.5 s of a touch as its answer; on a machine that does much else an answer takes longer.
 */
const countShifts = (): void => {
  const answerMs = 3_000;
  const kept = globalThis as typeof globalThis & { fwShift?: number; fwMoved?: string[] }; // this test's own
  kept.fwShift = 0;
  kept.fwMoved = [];
  let touchedAt = Number.NEGATIVE_INFINITY;
  for (const touch of ['pointerdown', 'keydown'])
    addEventListener(touch, ({ timeStamp }) => (touchedAt = timeStamp), { capture: true, passive: true });
  const kind = 'layout-shift' as 'resource'; // Chromium's own, which lib.dom does not list
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput, sources } = entry as Shift; // what Chromium tells of this kind, which lib.dom lacks
      const answers = hadRecentInput || (entry.startTime >= touchedAt && entry.startTime < touchedAt + answerMs);
      if (answers) continue;
      kept.fwShift = (kept.fwShift ?? 0) + value;
      const moved = sources.slice(0, 3).map(({ node, previousRect, currentRect }) => {
        const words = (node?.textContent ?? '').trim().slice(0, 40);
        return `“${words}” ${previousRect.top} → ${currentRect.top}`;
      });
      kept.fwMoved?.push(`${value.toFixed(3)} at ${Math.round(entry.startTime)} ms: ${moved.join(', ')}`);
    }
  }).observe({ type: kind, buffered: true });
};

/** Must be called before the page goes anywhere. */
export const watchShifts = (page: Page): Promise<unknown> => page.addInitScript(countShifts);

export const shiftOf = async (page: Page): Promise<readonly string[]> => {
  const shift = Number(await page.evaluate('globalThis.fwShift ?? 0'));
  if (shift <= mostShift) return [];
  const moved = (await page.evaluate('globalThis.fwMoved')) as readonly string[]; // made by countShifts
  return [`moved by ${shift.toFixed(3)} while it came up: ${moved.join('; ')}`];
};

/** What another theme can change of a page: it has the same elements, in other colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

/** The legacy mode looks at one document, which is all a page here has, and opens no second page to put it together. */
const axeFaults = async (page: Page, rules: readonly string[] | null): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules === null ? axe : axe.withRules([...rules])).analyze();
  return violations.map(({ id, nodes }) => {
    const where = nodes.slice(0, 3).map(({ html, failureSummary }) => {
      const [, why = ''] = failureSummary?.split('\n') ?? [];
      return `${html.slice(0, 160)} ${why.trim()}`;
    });
    return `axe ${id} (${nodes.length}): ${where.join(' | ')}`;
  });
};

const widthFaults = async (page: Page): Promise<readonly string[]> => {
  const wide = Number(
    await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
  );
  return wide > 0 ? [`scrolls sideways by ${wide} px`] : [];
};

type Seen = Readonly<{
  /** The page was looked at in another theme just before, and only its colours can be wrong still. */
  colours?: boolean;
}>;

/** What is wrong with the page as it stands: axe's violations, and whether it is wider than its window. */
export const faultsOf = async (page: Page, { colours = false }: Seen = {}): Promise<readonly string[]> => [
  ...(await axeFaults(page, colours ? colourRules : null)),
  ...(await widthFaults(page)),
];
