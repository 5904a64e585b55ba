import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { invalidField } from '../../plugins/problems.ts';

const pointer = '/target/phone';
/** Numbers that cost whoever calls them: they would make the operator's bill somebody else's income. */
const dear: ReadonlySet<string | undefined> = new Set(['PREMIUM_RATE', 'SHARED_COST']);

/** The number as E.164. Throws 400 for one that no country has. */
export const judgePhone = (text: string): string => {
  const parsed = parsePhoneNumberFromString(text, { extract: false });
  if (parsed === undefined || !parsed.isValid() || parsed.ext !== undefined)
    throw invalidField(pointer, 'phone-invalid', 'There is no such phone number. Write it like +49 151 12345678.');
  if (dear.has(parsed.getType()))
    throw invalidField(pointer, 'phone-premium-rate', 'Numbers that cost extra to call are not allowed.');
  return parsed.number;
};
