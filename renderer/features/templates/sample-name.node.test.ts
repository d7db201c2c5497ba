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
  it('is in English as it came', async () => {
    const t = await speak('en');
    for (const { templateId, name } of samples)
      expect(templateName(t, templateId, name)).toBe(name);
  });

  it.each([
    ['pl', /[a-zę]/],
    ['ru', /\p{Script=Cyrillic}/u],
    ['zh', /\p{Script=Han}/u],
  ])('is in %s, but for letters that come once for each language', async (language, letters) => {
    const t = await speak(language);
    const shown = samples.map(({ templateId, name }) => [name, templateName(t, templateId, name)]);
    const translated = shown.filter(([came, name]) => came !== name);
    expect(translated).toHaveLength(17);
    for (const [, name] of translated) {
      expect(name).toMatch(letters);
      expect(name).not.toContain('sample-template');
    }
    // one for each language, told apart by their names
    expect(shown.filter(([came, name]) => came === name)).toHaveLength(8);
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
