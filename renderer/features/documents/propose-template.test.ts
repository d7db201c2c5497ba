import { describe, expect, it } from 'vitest';
import type { LetterTemplate } from '#shared/contract/index.ts';
import { proposeTemplate } from './propose-template.ts';

const template = (
  name: string,
  language: LetterTemplate['language'],
  kind: LetterTemplate['kind'],
): LetterTemplate => ({ name, language, kind }) as LetterTemplate;
const templates = [
  template('statement pl', 'pl', 'balanceStatement'),
  template('demand en', 'en', 'demandForPayment'),
  template('demand pl', 'pl', 'demandForPayment'),
];

describe('the letter to begin with', () => {
  it('is a demand in the debtor’s language', () => {
    expect(proposeTemplate(templates, 'pl-PL')?.name).toBe('demand pl');
  });

  it('is an English one where nobody wrote one in that language', () => {
    expect(proposeTemplate(templates, 'zh')?.name).toBe('demand en');
  });

  it('is none when there are none', () => {
    expect(proposeTemplate([], 'pl')).toBeNull();
  });
});
