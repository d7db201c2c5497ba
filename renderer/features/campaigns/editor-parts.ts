import type { CampaignSettings } from '#shared/contract/index.ts';
import type { CampaignForm } from './settings-form.ts';

/** The parts of the editor, in the order in which a campaign is thought out. */
export const editorParts = [
  'basics',
  'dialing',
  'strategy',
  'numbers',
  'callerIds',
  'lookup',
  'silence',
  'outcomes',
  'script',
] as const;
export type EditorPart = (typeof editorParts)[number];

/** What is set where. A setting stands in one part only, so that a change is marked once. */
const settingsOf: Record<EditorPart, readonly (keyof CampaignSettings)[]> = {
  basics: ['weight', 'recordCalls'],
  dialing: ['mode', 'pacing', 'previewMs', 'maxConcurrentCalls', 'ringTimeoutMs', 'wrapUpMs'],
  strategy: ['strategy'],
  numbers: ['numbers', 'retry'],
  callerIds: ['callerIds'],
  lookup: ['lookup'],
  silence: ['silentCoolDownMs', 'answerToAgentMaxMs'],
  outcomes: ['dispositions'],
  script: ['scriptId'],
};
const formOnly = ['name', 'portfolioId', 'trunkId', 'callerIdId', 'personIds'] as const;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The parts in which a form differs from another. */
export function changedParts(form: CampaignForm, stored: CampaignForm): EditorPart[] {
  return editorParts.filter(
    (part) =>
      settingsOf[part].some((name) => !same(form.settings[name], stored.settings[name])) ||
      (part === 'basics' && formOnly.some((name) => !same(form[name], stored[name]))),
  );
}
