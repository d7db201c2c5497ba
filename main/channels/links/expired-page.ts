/** What stands on the page of a link that has ended: what it is, and what to do, in the four languages of the product. */
const texts = [
  {
    language: 'en',
    title: 'This link has expired',
    text: 'The document can no longer be opened here. Please ask the sender for a new link.',
  },
  {
    language: 'pl',
    title: 'Ten link wygasł',
    text: 'Dokumentu nie można już tu otworzyć. Poproś nadawcę o nowy link.',
  },
  {
    language: 'ru',
    title: 'Срок действия ссылки истёк',
    text: 'Документ здесь больше не открывается. Попросите отправителя прислать новую ссылку.',
  },
  { language: 'zh', title: '此链接已过期', text: '此处已无法打开该文件。请向发件人索取新链接。' },
] as const;

/**
 * The language that the browser asks for comes first. It names nobody: whoever finds an old link learns nothing.
 * @param acceptLanguage RFC 9110 §12.5.4, roughly: the first one that we have
 */
export function expiredPage(acceptLanguage: string): string {
  const wanted = acceptLanguage.toLowerCase().match(/\b(en|pl|ru|zh)\b/)?.[1] ?? 'en';
  const first = texts.filter(({ language }) => language === wanted);
  const rest = texts.filter(({ language }) => language !== wanted);
  const sections = [...first, ...rest].map(
    ({ language, title, text }) =>
      `<section lang="${language}"><h1>${title}</h1><p>${text}</p></section>`,
  );
  return `<!doctype html><html lang="${wanted}"><head><meta charset="utf-8"><title>${first[0]?.title ?? ''}</title><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}h1{font-size:1.2rem;margin:2rem 0 0}</style></head><body>${sections.join('')}</body></html>`;
}
