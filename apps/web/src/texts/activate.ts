import { i18n } from '@lingui/core';
import { messages } from './messages.ts';

// One language so far. With a second, this is where the person's is chosen and its catalogue loaded, before the rest is read.
i18n.loadAndActivate({ locale: 'en', messages });
