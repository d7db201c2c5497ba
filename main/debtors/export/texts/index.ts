import type { DocumentLanguage } from '#shared/contract/index.ts';
import { chinese } from './chinese.ts';
import { type ExportTexts, english } from './english.ts';
import { polish } from './polish.ts';
import { russian } from './russian.ts';

export const exportTexts: Readonly<Record<DocumentLanguage, ExportTexts>> = {
  en: english,
  pl: polish,
  ru: russian,
  zh: chinese,
};
export type { ExportTexts } from './english.ts';
