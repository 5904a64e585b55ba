import { SegmentedMessage } from 'sms-segments-calculator';
import type { Message } from './notifier.ts';
import { oneLine } from './plain-text.ts';

/** Two: more cost more, and arrive in pieces on some phones. */
const maxSegments = 2;

const isGsm = (text: string): boolean => new SegmentedMessage(text).getEncodingName() === 'GSM-7';
const fits = (text: string): boolean => new SegmentedMessage(text).segmentsCount <= maxSegments;

/** Letters that are no base letter with a mark, and signs that the library leaves alone. */
const plain: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  œ: 'oe',
  Œ: 'OE',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŧ: 't',
  Ŧ: 'T',
  ŋ: 'n',
  Ŋ: 'N',
  ẞ: 'SS',
  '…': '...',
  '–': '-',
  '—': '-',
  '‑': '-',
  '−': '-',
  '•': '*',
  '·': '.',
  '×': 'x',
  '→': '->',
  '‹': '<',
  '›': '>',
  '°': ' deg',
  '™': 'TM',
  '©': '(c)',
  '®': '(R)',
};

/** One character in GSM-7 if it has an obvious form there, else as it is. */
const asGsm = (character: string): string => {
  const mapped = plain[character];
  if (mapped !== undefined) return mapped;
  if (/^[\x20-\x5f\x61-\x7e]$/u.test(character)) return character;
  const bare = character.normalize('NFKD').replace(/\p{Mn}/gu, '');
  return /^[\x20-\x5f\x61-\x7e]+$/u.test(bare) ? bare : character;
};

/** The text in GSM-7 where that loses nothing but dress; a text in another script stays as it was typed. */
const dressedDown = (text: string): string => {
  const line = oneLine(text).normalize('NFC');
  if (isGsm(line)) return line;
  const odd = new Set(new SegmentedMessage(line).getNonGsmCharacters().flatMap((grapheme) => [...grapheme]));
  const smart = new SegmentedMessage([...line].map((c) => (odd.has(c) ? asGsm(c) : c)).join(''), 'auto', true);
  return smart.encodingName === 'GSM-7' ? smart.graphemes.join('') : line;
};

/** The longest beginning of `brief` with which the whole still fits; whole characters, as a reader counts them. */
const shortened = (brief: string, whole: (brief: string) => string): string => {
  const characters = [...new Intl.Segmenter().segment(brief)].map(({ segment }) => segment);
  const beginning = (length: number): string => `${characters.slice(0, length).join('').trimEnd()}...`;
  let [low, high] = [0, characters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(whole(beginning(middle)))) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : beginning(low);
};

/**
 * The text of an SMS: what happened, the link, and how to answer. At most two segments, in GSM-7 when the words allow
 * it. The link is never cut: the words give way.
 */
export const smsText = ({ brief, link, acknowledge }: Pick<Message, 'brief' | 'link' | 'acknowledge'>): string => {
  const rest = [link?.url ?? '', acknowledge === null ? '' : 'Reply ACK to acknowledge.'].filter((part) => part !== '');
  const whole = (words: string): string => [words, ...rest].filter((part) => part !== '').join(' ');
  const words = dressedDown(brief);
  return fits(whole(words)) ? whole(words) : whole(shortened(words, whole));
};
