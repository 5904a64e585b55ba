/// <reference lib="dom" />
import type { Page } from 'playwright-core';

type Stop = Readonly<{ name: string; key: string; seen: boolean; inSight: boolean }>;

/** Runs in the page: what has the focus, whether one sees that, and whether it is where one looks. */
const focused = async (): Promise<Stop | null> => {
  const frames = (): Promise<unknown> =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  await frames();
  const at = document.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return null;
  const kept = globalThis as typeof globalThis & { fwStops?: Element[] }; // this test's own
  kept.fwStops ??= [];
  // Judged once: a date field has parts of its own to tab through, and blurring it would lead back to its first.
  const judged = kept.fwStops.includes(at);
  if (!judged) kept.fwStops.push(at);
  const around: HTMLElement[] = [at];
  for (let up = at.parentElement; up !== null && around.length < 4; up = up.parentElement) around.push(up);
  const near = [...around, ...at.querySelectorAll<HTMLElement>('*'), at.nextElementSibling].filter(
    (each) => each instanceof HTMLElement || each instanceof SVGElement,
  );
  const ringed = (each: Element): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== 'none' && outlineWidth !== '0px';
  };
  const look = (): string =>
    near.map((each) => [getComputedStyle(each).borderColor, getComputedStyle(each).boxShadow].join()).join('|');
  /** Text fields show it by the colour of their border. */
  const changes = async (): Promise<boolean> => {
    const before = look();
    at.blur();
    await frames();
    const after = look();
    at.focus();
    return before !== after;
  };
  // A hidden control speaks through its label.
  const shown = around.find((each) => each.getBoundingClientRect().width > 2) ?? at;
  const { top, bottom, width, height } = shown.getBoundingClientRect();
  return {
    key: String(kept.fwStops.indexOf(at)),
    name: `${at.tagName.toLowerCase()} “${(at.getAttribute('aria-label') ?? at.textContent ?? '').trim().slice(0, 40)}”`,
    seen: judged || near.some(ringed) || (await changes()),
    inSight: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
  };
};

/** Runs in the page: how many places the Tab key should come to. A group of radio buttons is one. */
const expected = (): number => {
  const all = document.querySelectorAll<HTMLElement>(
    'a[href], button:not([disabled]), input:not([disabled]):not([type="hidden"]), select, textarea, [tabindex="0"]',
  );
  const groups = new Set<string>();
  let count = 0;
  for (const each of all) {
    if (each.tabIndex < 0 || !each.checkVisibility({ visibilityProperty: true })) continue;
    if (each instanceof HTMLInputElement && each.type === 'radio') {
      if (groups.has(each.name)) continue;
      groups.add(each.name);
    }
    count++;
  }
  return count;
};

const mostStops = 300;
/** A few date fields, of five parts each. */
const spare = 25;

/** Walks a page with the Tab key alone: everything that can be used is come to, one sees where one is, nothing holds one. */
export const keyboardFaults = async (page: Page): Promise<readonly string[]> => {
  const wanted = Math.min(Number(await page.evaluate(expected)), mostStops);
  await page.evaluate('globalThis.fwStops = []; scrollTo(0, 0)');
  const faults = new Set<string>();
  const visited = new Set<string>();
  // Twice around: a field that takes the focus by itself has the walk begin in the middle.
  for (let i = 0; i < 2 * wanted + spare && visited.size < wanted; i++) {
    await page.keyboard.press('Tab');
    const stop = (await page.evaluate(focused)) as Stop | null; // as the function above makes it
    if (stop === null) continue;
    visited.add(stop.key);
    if (!stop.seen) faults.add(`one does not see the focus on ${stop.name}`);
    if (!stop.inSight) faults.add(`the focus is out of sight on ${stop.name}`);
  }
  if (visited.size < wanted) faults.add(`Tab comes to ${visited.size} of ${wanted} places`);
  return [...faults];
};
