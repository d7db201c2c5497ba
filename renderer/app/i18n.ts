import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'pl', 'ru', 'zh'] as const;
export type Language = (typeof languages)[number];

/** Each language's own name for itself, which is the same in every locale. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  pl: 'Polski',
  ru: 'Русский',
  zh: '中文',
};

type Messages = { [key: string]: string | Messages };

const files = import.meta.glob<Messages>('../../resources/locales/*/*.json', {
  eager: true,
  import: 'default',
});

/** All files of one language as one tree; every file holds top-level keys of its own. */
export function messagesOf(language: Language): Messages {
  const tree: Messages = {};
  for (const [path, content] of Object.entries(files)) {
    if (path.includes(`/locales/${language}/`)) Object.assign(tree, content);
  }
  return tree;
}

export function isLanguage(value: unknown): value is Language {
  return (languages as readonly unknown[]).includes(value);
}

/** The first of the system's languages that we have, else English. */
export function systemLanguage(preferred: readonly string[] = navigator.languages): Language {
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0];
    if (isLanguage(language)) return language;
  }
  return 'en';
}

export function createI18n(language: Language): i18n {
  const instance = i18next.createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: Object.fromEntries(
      languages.map((name) => [name, { translation: messagesOf(name) }]),
    ),
    interpolation: { escapeValue: false },
    returnNull: false,
    initAsync: false,
  });
  return instance;
}
