import { describe, expect, it } from 'vitest';
import { campaignSettings } from '#shared/contract/index.ts';
import { aCampaign } from '../../testing/fixtures.ts';
import { changedParts, editorParts } from './editor-parts.ts';
import { formOf } from './settings-form.ts';

const form = formOf(aCampaign());

describe('the parts of the editor', () => {
  it('say which of them differ from what is stored', () => {
    expect(changedParts(form, form)).toEqual([]);
    expect(changedParts({ ...form, name: 'Other' }, form)).toEqual(['basics']);
    const settings = { ...form.settings, weight: 11, scriptId: 'x' as never };
    expect(changedParts({ ...form, settings }, form)).toEqual(['basics', 'script']);
  });

  it('mark every setting in exactly one part', () => {
    // the answer detection has one value so far, and so no field
    const names = Object.keys(campaignSettings.shape).filter((name) => name !== 'answerDetection');
    for (const name of names) {
      const settings = { ...form.settings, [name]: 'changed' } as never;
      expect(changedParts({ ...form, settings }, form), name).toHaveLength(1);
    }
    expect(editorParts).toHaveLength(9);
  });
});
