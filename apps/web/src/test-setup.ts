import { i18n } from '@lingui/core';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Texts stand as they are written; whether the catalogue has them all is another test's matter.
i18n.loadAndActivate({ locale: 'en', messages: {} });

// What jsdom lacks and the component library asks for.
vi.stubGlobal('matchMedia', (media: string) => ({
  matches: false,
  media,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  },
);
Object.defineProperty(document, 'fonts', { value: new EventTarget() });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;

configure({ asyncUtilTimeout: 5_000, getElementError: (message) => new Error(message ?? 'not found') });
afterEach(cleanup);
