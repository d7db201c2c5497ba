import { describe, expect, it } from 'vitest';
import type { Obligation } from '../../contact-rules/types.ts';
import { inOrder, recordingPolicy } from './obligations.ts';

const owes = (what: Obligation['what'], element: string | null = null, pack = 'us-federal') => ({
  rule: 'R-1',
  pack,
  what,
  element,
});

describe('what a call owes', () => {
  it('stands in the order in which it is said and done: who calls, the warning, the recording, the rest', () => {
    const shuffled = [
      owes('limitedTopics', 'callback'),
      owes('askRecordingConsent'),
      owes('say', 'complaintPath'),
      owes('announceRecording'),
      owes('say', 'miniMirandaFirst'),
      owes('say', 'callerIdentity'),
      owes('say', 'creditorName'),
    ];
    const shown = inOrder(shuffled).map(({ what, element }) => element ?? what);
    expect(shown.slice(0, 2).sort()).toEqual(['callerIdentity', 'creditorName']);
    expect(shown[2]).toBe('miniMirandaFirst');
    expect(shown.slice(3, 5).sort()).toEqual(['announceRecording', 'askRecordingConsent']);
    expect(shown.slice(5).sort()).toEqual(['callback', 'complaintPath']);
  });

  it('stands once when two packs ask for the same', () => {
    const twice = [
      owes('say', 'callerIdentity', 'us-federal'),
      owes('say', 'callerIdentity', 'us-ma'),
    ];
    expect(inOrder(twice)).toEqual([twice[0]]);
  });

  it('leaves what it was given alone', () => {
    const given = [owes('announceRecording'), owes('say', 'callerIdentity')];
    inOrder(given);
    expect(given.map(({ what }) => what)).toEqual(['announceRecording', 'say']);
  });
});

describe('the recording of a call', () => {
  it('is as the rules ask, of both ends together', () => {
    expect(recordingPolicy(true, [owes('announceRecording'), owes('askRecordingConsent')])).toEqual(
      { wanted: true, announce: true, consent: true, forbidden: false, mandatory: false },
    );
    expect(recordingPolicy(true, [owes('recordingForbidden')])).toMatchObject({ forbidden: true });
  });

  it('is wanted when a law demands it', () => {
    expect(recordingPolicy(false, [owes('recordingMandatory')])).toMatchObject({
      wanted: true,
      mandatory: true,
    });
    expect(recordingPolicy(false, []).wanted).toBe(false);
  });
});
