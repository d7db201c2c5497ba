import type { DocumentLanguage, LetterBody, LetterKind } from '#shared/contract/index.ts';
import { chineseLetters } from './samples-chinese.ts';
import { englishLetters } from './samples-english.ts';
import { polishLetters } from './samples-polish.ts';
import { russianLetters } from './samples-russian.ts';

export interface SampleLetter {
  /** for good: it is how a later version of the program knows the sample */
  letterTemplateId: string;
  kind: LetterKind;
  language: DocumentLanguage;
  name: string;
  body: LetterBody;
}

/** The texts of one language. */
export interface LanguageLetters {
  demandForPayment: LetterTexts;
  paymentPlan: LetterTexts;
  paymentConfirmation: LetterTexts;
  balanceStatement: LetterTexts;
}

export interface LetterTexts {
  name: string;
  subject: string;
  /** before the table */
  opening: readonly string[];
  /** after the table */
  closing: readonly string[];
  signature: string;
}

const letters: Readonly<Record<DocumentLanguage, LanguageLetters>> = {
  en: englishLetters,
  pl: polishLetters,
  ru: russianLetters,
  zh: chineseLetters,
};
const languages: readonly DocumentLanguage[] = ['en', 'pl', 'ru', 'zh'];
const kinds = [
  'demandForPayment',
  'paymentPlan',
  'paymentConfirmation',
  'balanceStatement',
] as const;
type SampleKind = (typeof kinds)[number];

type Part = LetterBody['parts'][number];

function paragraphs(texts: readonly string[]): Part[] {
  return texts.map((text) => ({ kind: 'text', style: 'normal', align: 'left', text }));
}

const middle: Readonly<Record<SampleKind, readonly Part[]>> = {
  demandForPayment: [
    {
      kind: 'debts',
      columns: ['reference', 'creditor', 'dueOn', 'principal', 'interest', 'fees', 'balance'],
      withTotal: true,
    },
    { kind: 'payTo', when: { field: 'total.balance', is: 'more', than: 0 } },
  ],
  paymentPlan: [{ kind: 'instalments' }],
  paymentConfirmation: [
    { kind: 'debts', columns: ['reference', 'creditor', 'paid', 'balance'], withTotal: true },
  ],
  balanceStatement: [
    {
      kind: 'debts',
      columns: ['reference', 'dueOn', 'principal', 'interest', 'fees', 'paid', 'balance'],
      withTotal: true,
    },
    { kind: 'payments' },
  ],
};

function bodyOf(kind: SampleKind, texts: LetterTexts): LetterBody {
  return {
    subject: texts.subject,
    deadlineDays: 14,
    parts: [
      ...paragraphs(texts.opening),
      ...middle[kind],
      ...paragraphs(texts.closing),
      { kind: 'signature', text: texts.signature },
    ],
  };
}

/** Samples that a lawyer must check before they are used. */
export const sampleLetters: readonly SampleLetter[] = languages.flatMap((language, languageAt) =>
  kinds.map((kind, kindAt) => {
    const texts = letters[language][kind];
    return {
      letterTemplateId: `01a1f000-0000-7000-8000-0000000000${languageAt}${kindAt}`,
      kind,
      language,
      name: texts.name,
      body: bodyOf(kind, texts),
    };
  }),
);
