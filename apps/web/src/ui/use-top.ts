import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far down the page an element begins; measured again when what stands above it may have grown. */
export const useTop = (element: RefObject<HTMLElement | null>): number => {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => {
      const { top: inWindow } = element.current?.getBoundingClientRect() ?? { top: 0 };
      setTop(Math.round(inWindow + globalThis.scrollY));
    };
    measure();
    const grown = new ResizeObserver(measure);
    grown.observe(document.body);
    return () => grown.disconnect();
  }, [element]);
  return top;
};
