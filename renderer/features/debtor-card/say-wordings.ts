import { namesTheDebt } from './names-the-debt.ts';
import type { Veil } from './veil.ts';

/**
 * Words that are said as they stand, by what they are for and by language. `{agent}` and `{firm}` are filled in. The
 * English warnings are those of 15 U.S.C. 1692e(11).
 */
const wordings: Record<string, Record<string, string>> = {
  miniMirandaFirst: {
    en: 'This is an attempt to collect a debt by a debt collector. Any information obtained will be used for that purpose.',
  },
  miniMirandaLater: { en: 'This communication is from a debt collector.' },
  callerIdentity: {
    en: 'My name is {agent}, I am calling from {firm}.',
    pl: 'Nazywam się {agent}, dzwonię z firmy {firm}.',
    ru: 'Меня зовут {agent}, я звоню из компании {firm}.',
    zh: '我是{firm}的{agent}。',
    de: 'Mein Name ist {agent}, ich rufe an von {firm}.',
    es: 'Me llamo {agent} y llamo de {firm}.',
  },
  callerName: {
    en: 'My name is {agent}.',
    pl: 'Nazywam się {agent}.',
    ru: 'Меня зовут {agent}.',
    zh: '我是{agent}。',
    de: 'Mein Name ist {agent}.',
    es: 'Me llamo {agent}.',
  },
  recordingNotice: {
    en: 'This call is recorded.',
    pl: 'Ta rozmowa jest nagrywana.',
    ru: 'Разговор записывается.',
    zh: '本次通话会被录音。',
    de: 'Dieses Gespräch wird aufgezeichnet.',
    es: 'Esta llamada se graba.',
  },
  askRecordingConsent: {
    en: 'I would like to record this call. Do you agree?',
    pl: 'Chcę nagrywać tę rozmowę. Czy wyraża Pan/Pani zgodę?',
    ru: 'Я хотел(а) бы записать разговор. Вы согласны?',
    zh: '本次通话需要录音,您同意吗?',
    de: 'Ich möchte dieses Gespräch aufzeichnen. Sind Sie einverstanden?',
    es: 'Quisiera grabar esta llamada. ¿Está de acuerdo?',
  },
  robotNotice: {
    en: 'You are hearing an automated voice.',
    pl: 'Rozmawia z Państwem automat.',
    ru: 'С вами говорит робот.',
    zh: '这是自动语音来电。',
    de: 'Sie hören eine automatische Stimme.',
    es: 'Está escuchando una voz automática.',
  },
};

/**
 * A firm whose name tells what it does is not named before the debtor is known: whoever answers would learn of a debt (12
 * CFR 1006.10(b)(1): the employer only when asked; CONC 7.9).
 */
export function firmWaits(firm: string | null, veil: Veil): boolean {
  return veil !== 'open' && firm !== null && namesTheDebt(firm);
}

/** The standard words in the debtor's language; null where there are none. A gap (…) is what is not known. */
export function wordingOf(
  name: string,
  language: string,
  facts: { agent: string | null; firm: string | null },
): string | null {
  const short = language.toLowerCase().split('-')[0] ?? '';
  const words = wordings[name]?.[short];
  if (words === undefined) return null;
  const firm = facts.firm || '…';
  return (
    words
      .replace('{agent}', facts.agent || '…')
      // "sp. z o.o." ends the sentence by itself
      .replace('{firm}.', firm.endsWith('.') ? firm : '{firm}.')
      .replace('{firm}', firm)
  );
}
