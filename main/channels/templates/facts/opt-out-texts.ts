import type { DocumentLanguage } from '#shared/contract/index.ts';
import type { MessageStyle } from './message-format.ts';

/** How one says no, where a firm has written nothing of its own. `contact-rules/opt-out` understands each of these words. */
const usual: Readonly<Record<DocumentLanguage, string>> = {
  en: 'Reply STOP to opt out.',
  pl: 'Aby zrezygnować z wiadomości, odpisz STOP.',
  ru: 'Чтобы отказаться от сообщений, ответьте СТОП.',
  zh: '回复TD退订。',
};
/** Without the letters that more than halve what an SMS holds, as such texts are written. */
const inGsm: Readonly<Partial<Record<DocumentLanguage, string>>> = {
  pl: 'Aby zrezygnowac z wiadomosci, odpisz STOP.',
};

export function usualOptOutText({ language, gsm }: MessageStyle): string {
  return (gsm ? inGsm[language] : undefined) ?? usual[language];
}
