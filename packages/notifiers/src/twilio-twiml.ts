import MessagingResponse from 'twilio/lib/twiml/MessagingResponse.js';
import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';
import { cut, oneLine } from './plain-text.ts';

/** A call's TwiML may have 4,000 characters, and this is said twice; one character can become six (`&quot;`). */
const maxSpokenXml = 1_400;

/** What XML can't hold, and half characters. */
const speakable = (text: string): string =>
  oneLine(text)
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .trim();

const escapedLength = (text: string): number =>
  text.replace(/&/gu, '&amp;').replace(/[<>]/gu, '&lt;').replace(/["']/gu, '&quot;').length;

/** Short enough when written as XML, cut at a whole character. */
const bounded = (text: string): string => {
  const clean = speakable(text);
  let length = Math.min([...clean].length, maxSpokenXml);
  while (length > 1 && escapedLength(cut(clean, length)) > maxSpokenXml) length = Math.floor(length * 0.9);
  return cut(clean, length);
};

const prompt = 'Press 1 to acknowledge, 2 to hear this again.';
const goodbye = 'Goodbye.';

/** Says it and listens for one key while it speaks and for eight seconds after. Without `action` the key comes to where this came from. */
const ask = (response: VoiceResponse, said: string, action: string | null): void => {
  const gather = response.gather({
    input: ['dtmf'],
    numDigits: 1,
    timeout: 8,
    method: 'POST',
    ...(action === null ? {} : { action }),
  });
  gather.say(said);
  gather.say(prompt);
};

/** What a call says: the news twice, and between them waits for a key. Without `gatherUrl` nobody hears keys. */
export const alertTwiml = (spoken: string, gatherUrl: string | null): string => {
  const response = new VoiceResponse();
  const said = bounded(spoken);
  for (const nth of [0, 1]) {
    if (gatherUrl !== null) ask(response, said, gatherUrl);
    else response.say(said);
    if (nth === 0 && gatherUrl === null) response.pause({ length: 1 });
  }
  response.say(goodbye);
  return response.toString();
};

/** What is said after a key: 1 = who has it now, 2 = the news again, anything else = what the keys are. */
export const gatherTwiml = ({
  digit,
  spoken,
  acknowledgedText,
}: Readonly<{ digit: string; spoken: string; acknowledgedText: string }>): string => {
  const response = new VoiceResponse();
  if (digit === '1') {
    response.say(bounded(acknowledgedText));
    response.hangup();
    return response.toString();
  }
  ask(response, digit === '2' ? bounded(spoken) : 'Sorry, that key does nothing.', null);
  response.say(goodbye);
  return response.toString();
};

/** The answer to a text message; an empty text answers nothing. */
export const messageTwiml = (text: string): string => {
  const response = new MessagingResponse();
  const said = cut(speakable(text), 300);
  if (said !== '') response.message(said);
  return response.toString();
};
