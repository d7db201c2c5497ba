import { describe, expect, it } from 'vitest';
import { anId } from '../../testing/fixture-base.ts';
import { anOffer, aPreview } from '../../testing/message-fixtures.ts';
import {
  choiceKey,
  choiceOf,
  holdsWork,
  isOffered,
  neighbour,
  previewInput,
  untouched,
  withTemplate,
} from './message-draft.ts';

const subject = { debtorId: anId(10), channel: 'sms' as const, inboxThreadId: null };

describe('what is chosen', () => {
  it('is the best template and the first address, until something else is', () => {
    const offer = anOffer('sms');
    expect(choiceOf(untouched, offer)).toEqual({
      template: offer.templates[0],
      recipient: offer.recipients[0],
    });
    const chosen = { ...untouched, templateId: anId(1702), contactPointId: anId(31) };
    expect(choiceOf(chosen, offer)).toEqual({
      template: offer.templates[2],
      recipient: offer.recipients[1],
    });
  });

  it('is the best again when the engine offers the chosen one no more', () => {
    const offer = anOffer('sms');
    const gone = { ...untouched, templateId: anId(1), contactPointId: anId(2) };
    expect(choiceOf(gone, offer).template).toBe(offer.templates[0]);
    expect(choiceOf(gone, offer).recipient).toBe(offer.recipients[0]);
  });

  it('does not name the debt while nobody is identified, where there is such a template', () => {
    const offer = anOffer('sms');
    const quiet = offer.templates.find(({ discloses }) => !discloses);
    expect(quiet).toBeDefined();
    expect(choiceOf(untouched, offer, true).template).toBe(quiet);
    const chosen = { ...untouched, templateId: anId(1702) };
    expect(choiceOf(chosen, offer, true).template).toBe(offer.templates[2]);
    const telling = offer.templates.filter(({ discloses }) => discloses);
    const none = { ...offer, templates: telling };
    expect(choiceOf(untouched, none, true).template).toBe(telling[0]);
  });

  it('can be own words, and is them where nothing fits', () => {
    expect(choiceOf({ ...untouched, templateId: '' }, anOffer('sms')).template).toBeNull();
    expect(choiceOf(untouched, anOffer('sms', { templates: [] })).template).toBeNull();
  });
});

describe('who is shown as the sender', () => {
  const offer = anOffer('sms');
  const chosen = { ...untouched, sender: '+48220000000' };

  it('is left to the engine until somebody is chosen', () => {
    expect(previewInput(subject, untouched, choiceOf(untouched, offer))).not.toHaveProperty(
      'sender',
    );
    const input = previewInput(subject, chosen, choiceOf(chosen, offer));
    expect(input).toMatchObject({ sender: '+48220000000' });
    // what came with the offer shows the usual one
    expect(isOffered(input, offer)).toBe(false);
  });

  it('is of this template: another one may have its own', () => {
    expect(withTemplate(chosen, anId(1701)).sender).toBeNull();
  });

  it('is a choice that one key makes again, no work', () => {
    expect(holdsWork(chosen)).toBe(false);
  });
});

describe('typed words', () => {
  it('outlive a look at another template', () => {
    const changed = { ...untouched, templateId: anId(1700), text: 'changed', subject: 'About' };
    const looked = { ...changed, ...withTemplate(changed, anId(1701)) };
    expect(looked).toMatchObject({ text: null, ownText: 'changed', ownSubject: 'About' });
    const back = { ...looked, ...withTemplate(looked, '') };
    expect(back.ownText).toBe('changed');
  });

  it('are added to own words that were there before, never in their place', () => {
    const both = { ...untouched, text: 'of the template', ownText: 'my own' };
    expect(withTemplate(both, '').ownText).toBe('my own\n\nof the template');
    const known = { ...untouched, text: 'own', ownText: 'my own' };
    expect(withTemplate(known, '').ownText).toBe('my own');
  });

  it('are work that must not be lost; a choice is not', () => {
    expect(holdsWork({ ...untouched, templateId: anId(1701), later: '2026-11-22T09:00' })).toBe(
      false,
    );
    expect(holdsWork({ ...untouched, ownText: ' a' })).toBe(true);
    expect(holdsWork({ ...untouched, text: 'a' })).toBe(true);
    expect(holdsWork({ ...untouched, attachments: [] })).toBe(true);
    expect(holdsWork({ ...untouched, reason: 'she asked for it' })).toBe(true);
  });
});

describe('the question for a preview', () => {
  const offer = anOffer('sms', { preview: aPreview('sms') });

  it('of the best choice is answered by the offer', () => {
    const input = previewInput(subject, untouched, choiceOf(untouched, offer));
    expect(isOffered(input, offer)).toBe(true);
    expect(input).not.toHaveProperty('text');
  });

  it('carries changed words and keeps the template they are based on', () => {
    const draft = { ...untouched, text: 'changed' };
    const input = previewInput(subject, draft, choiceOf(draft, offer));
    expect(input).toMatchObject({ templateId: anId(1700), text: 'changed' });
    expect(isOffered(input, offer)).toBe(false);
  });

  it('of own words names no template, and takes the language of none', () => {
    const draft = { ...untouched, templateId: '', language: 'ru' as const, ownText: 'hello' };
    const input = previewInput(subject, draft, choiceOf(draft, offer));
    expect(input).toMatchObject({ text: 'hello' });
    expect(input).not.toHaveProperty('templateId');
    expect(input).not.toHaveProperty('language');
  });

  it('has one key for a choice, whatever the words are', () => {
    const of = (text: string) =>
      choiceKey(previewInput(subject, { ...untouched, text }, choiceOf(untouched, offer)));
    expect(of('a')).toBe(of('b'));
    const other = { ...untouched, contactPointId: anId(31), text: 'a' };
    expect(choiceKey(previewInput(subject, other, choiceOf(other, offer)))).not.toBe(of('a'));
  });
});

it('neighbours go round the ends of a list', () => {
  expect(neighbour(['a', 'b', 'c'], 'c', 1)).toBe('a');
  expect(neighbour(['a', 'b', 'c'], 'a', -1)).toBe('c');
  expect(neighbour(['a', 'b', 'c'], null, 1)).toBe('a');
  expect(neighbour([], null, 1)).toBeNull();
});
