/** Stands in for the chart: jsdom has no canvas; what is drawn is looked at in pictures. */
export default class {
  over = { clientHeight: 34 };
  series = [];
  destroy(): void {}
  valToPos = (): number => 0;
  setSelect(): void {}
  setSeries(): void {}
  batch(work: () => void): void {
    work();
  }
}
