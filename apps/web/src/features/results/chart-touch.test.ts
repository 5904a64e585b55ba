import { expect, test, vi } from 'vitest';
import { brushByTouch } from './chart-touch.ts';

type Plot = Parameters<typeof brushByTouch>[0];

const plotted = () => {
  const over = document.createElement('div');
  vi.spyOn(over, 'clientWidth', 'get').mockReturnValue(300);
  const setSelect = vi.fn();
  const select = { left: 0, top: 0, width: 0, height: 0 };
  brushByTouch({ over, select, setSelect } as unknown as Plot); // all that it uses of a plot
  const touch = (type: string, clientX: number, pointerType = 'touch') =>
    over.dispatchEvent(new PointerEvent(type, { clientX, pointerType, pointerId: 4, isPrimary: true }));
  return { setSelect, touch };
};

test('a finger drawn over the chart marks a stretch, and tells it once it is lifted', () => {
  const { setSelect, touch } = plotted();
  touch('pointerdown', 200);
  touch('pointermove', 120);
  expect(setSelect).toHaveBeenLastCalledWith(expect.objectContaining({ left: 120, width: 80 }), false);
  touch('pointerup', -20); // beyond the edge
  expect(setSelect).toHaveBeenLastCalledWith(expect.objectContaining({ left: 0, width: 200 }), true);
});

test.each([
  ['a tap', ['pointerdown', 'pointerup'], 'touch'],
  ['a finger that scrolls the page', ['pointerdown', 'pointercancel', 'pointerup'], 'touch'],
  ['the mouse, which the chart hears itself', ['pointerdown', 'pointermove', 'pointerup'], 'mouse'],
])('%s marks nothing', (_, types, pointer) => {
  const { setSelect, touch } = plotted();
  for (const type of types) touch(type, 100, pointer);
  expect(setSelect.mock.calls.filter(([, tell]) => tell)).toEqual([]);
});
