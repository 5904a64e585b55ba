/** Mail providers whose domain says nothing of the person's own site. */
const publicProviders = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com aol.com
  proton.me protonmail.com pm.me gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com mail.ru yandex.ru
  yandex.com fastmail.com hey.com zoho.com tutanota.com tuta.io posteo.de mailbox.org orange.fr free.fr laposte.net
  wanadoo.fr libero.it hotmail.co.uk yahoo.co.uk btinternet.com qq.com 163.com 126.com naver.com daum.net rediffmail.com
  comcast.net verizon.net att.net duck.com hushmail.com`.split(/\s+/u),
);

/** Providers that have a domain in many countries: hotmail.fr, yahoo.co.jp, gmx.com. */
const manyCountries =
  /^(?:gmail|googlemail|outlook|hotmail|live|yahoo|gmx|yandex|aol|protonmail|zoho)\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/u;

/** The site that probably belongs to an e-mail address: `https://example.com/`; null for public mail providers and names that are no site. */
export const guessUrl = (email: string): string | null => {
  const domain = email.split('@').at(-1)?.toLowerCase() ?? '';
  if (
    !domain.includes('.') ||
    publicProviders.has(domain) ||
    manyCountries.test(domain) ||
    /\.(?:local|localhost|test|invalid|example|internal)$/u.test(domain)
  )
    return null;
  return `https://${domain}/`;
};
