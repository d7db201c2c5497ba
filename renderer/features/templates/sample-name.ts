import type { TFunction } from 'i18next';

/** ids of `resources/message-templates`, without what they have in common */
const SAMPLE_ID = '01a1f000-0000-7000-8001-0000000000';
const US = '(US)';

/**
 * What a sample is, by the end of its id, and the name under which it came. Those that come once for each language (letters)
 * are not here: their names, each in its own language, tell them apart.
 */
const samples: Readonly<Record<string, readonly [what: string, came: string]>> = {
  '01': ['reminder', 'Payment reminder'],
  '02': ['reminder', 'Payment reminder (US)'],
  '03': ['payment-link', 'Payment link'],
  '04': ['payment-link', 'Payment link (US)'],
  '05': ['promise', 'Promise confirmed'],
  '06': ['promise', 'Promise confirmed (US)'],
  '07': ['call-back', 'Please call back'],
  '08': ['call-back', 'Please call back (US)'],
  '13': ['invoice', 'Picture of the invoice'],
  '14': ['invoice', 'Picture of the invoice (US)'],
  '15': ['demand', 'Demand for payment as a picture (US)'],
  '16': ['reminder', 'Payment reminder'],
  '17': ['reminder', 'Payment reminder (US)'],
  '22': ['plan', 'Payment plan, with the plan as a letter (US)'],
  '23': ['payment-link', 'Payment link'],
  '24': ['promise', 'Promise confirmed'],
  '25': ['call-back', 'Please call back'],
};

/**
 * The name of a template as its reader calls it. One that came with the program and was not renamed is named in the
 * language of the window; a firm's own name stays as the firm wrote it.
 */
export function templateName(t: TFunction, templateId: string | null, name: string): string {
  const sample = templateId?.startsWith(SAMPLE_ID)
    ? samples[templateId.slice(SAMPLE_ID.length)]
    : undefined;
  if (sample === undefined) return name;
  const [what, came] = sample;
  if (name !== came) return name;
  const words = t(`sample-template.${what}`);
  return came.endsWith(US) ? t('sample-template.in-us', { name: words }) : words;
}
