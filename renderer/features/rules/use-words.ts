import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Words } from './rule-words.ts';

/** The reader's words for rules. */
export function useWords(): Words {
  const { t, i18n } = useTranslation();
  return useMemo(() => ({ t, locale: i18n.language }), [t, i18n.language]);
}
