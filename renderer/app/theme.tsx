import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isLanguage, systemLanguage } from './i18n.ts';
import { usePreference } from './services.ts';

/** Applies theme and language wherever they were chosen. */
export function ThemeAndLanguage() {
  const { i18n } = useTranslation();
  const [theme] = usePreference('theme', 'system');
  const [chosen] = usePreference('language', '');
  const language = isLanguage(chosen) ? chosen : systemLanguage();

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => {
    document.documentElement.lang = language;
    void i18n.changeLanguage(language);
  }, [i18n, language]);
  return null;
}
