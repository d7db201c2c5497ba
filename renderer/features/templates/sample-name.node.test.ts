import { readdirSync, readFileSync } from 'node:fs';
import { createInstance, type TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { templateName } from './sample-name.ts';

const resources = new URL('../../../resources/', import.meta.url);
const folder = new URL('message-templates/', resources);
const samples = readdirSync(folder).map(
  (file) =>
    JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { templateId: string; name: string },
);

async function speak(language: string): Promise<TFunction> {
  const file = new URL(`locales/${language}/templates.json`, resources);
  const translation = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const i18n = createInstance();
  return i18n.init({ lng: language, resources: { [language]: { translation } } });
}

describe('the name of a sample', () => {
  it('is the same sentence in English, but for those that were written in another language', async () => {
    const t = await speak('en');
    for (const { templateId, name } of samples) {
      const shown = templateName(t, templateId, name);
      if (/^[\p{ASCII}]+$/u.test(name) && !name.startsWith('Plan ')) expect(shown).toBe(name);
      else expect(shown).toMatch(/^[A-Z]\p{ASCII}+$/u);
    }
  });

  it.each([
    ['pl', /[a-zę]/],
    ['ru', /\p{Script=Cyrillic}/u],
    ['zh', /\p{Script=Han}/u],
  ])('every one has a name of its own in %s', async (language, letters) => {
    const [t, english] = [await speak(language), await speak('en')];
    for (const { templateId, name } of samples) {
      const shown = templateName(t, templateId, name);
      expect(shown).toMatch(letters);
      expect(shown).not.toBe(templateName(english, templateId, name));
      expect(shown).not.toContain('sample-template');
    }
  });

  it('stays as the firm wrote it, once it was renamed, and of templates of its own', async () => {
    const t = await speak('pl');
    const [sample] = samples;
    expect(templateName(t, sample?.templateId ?? '', 'Nasze przypomnienie')).toBe(
      'Nasze przypomnienie',
    );
    expect(templateName(t, '01a1f000-0000-7000-8009-000000000001', 'Payment reminder')).toBe(
      'Payment reminder',
    );
    expect(templateName(t, null, 'Payment reminder')).toBe('Payment reminder');
  });
});
