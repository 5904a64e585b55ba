import type uPlot from 'uplot';

/** A shorter drag was a tap. */
const leastDrag = 6;

/** uPlot hears the mouse alone: a finger drawn sideways marks a stretch as well. */
export const brushByTouch = (plot: uPlot): void => {
  const { over } = plot;
  let drag: { id: number; x: number; before: uPlot.Select } | null = null;
  const mark = (x: number, from: number, tell: boolean): void => {
    const [left, right] = [Math.min(x, from), Math.max(x, from)].map((at) =>
      Math.min(Math.max(at, 0), over.clientWidth),
    );
    if (left === undefined || right === undefined) return;
    plot.setSelect({ left, top: 0, width: right - left, height: over.clientHeight }, tell);
  };
  const xOf = ({ clientX }: PointerEvent): number => clientX - over.getBoundingClientRect().left;
  over.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch' || !event.isPrimary) return;
    drag = { id: event.pointerId, x: xOf(event), before: { ...plot.select } };
  });
  over.addEventListener('pointermove', (event) => {
    if (drag?.id === event.pointerId) mark(xOf(event), drag.x, false);
  });
  over.addEventListener('pointerup', (event) => {
    if (drag?.id !== event.pointerId) return;
    const { x, before } = drag;
    drag = null;
    if (Math.abs(xOf(event) - x) < leastDrag) plot.setSelect(before, false);
    else mark(xOf(event), x, true);
  });
  // The browser scrolls instead.
  over.addEventListener('pointercancel', () => {
    if (drag !== null) plot.setSelect(drag.before, false);
    drag = null;
  });
};
