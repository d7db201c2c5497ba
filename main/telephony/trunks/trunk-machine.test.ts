import { describe, expect, it } from 'vitest';
import {
  nextTrunkStatus,
  type TrunkEvent,
  type TrunkStateKind,
  takesCalls,
} from './trunk-machine.ts';

const events: Record<string, TrunkEvent> = {
  registering: { type: 'registration', state: { kind: 'registering' } },
  registered: { type: 'registration', state: { kind: 'registered', expiresAt: 1 } },
  unregistered: { type: 'registration', state: { kind: 'unregistered' } },
  wrongPassword: {
    type: 'registration',
    state: { kind: 'failed', status: 403, reasonPhrase: 'Forbidden', retryAt: 9 },
  },
  noAnswer: {
    type: 'registration',
    state: { kind: 'failed', status: 0, reasonPhrase: '', retryAt: 9 },
  },
  heard: { type: 'heard' },
  silence: { type: 'silence', retryAt: 9 },
  systemError: { type: 'systemError', code: 'ENOTFOUND', retryAt: 9 },
};
const common = 'refused unreachable';
const table: Record<TrunkStateKind, string> = {
  disabled: 'disabled disabled disabled disabled disabled disabled disabled disabled',
  connecting: `connecting registered connecting ${common} reachable unreachable unreachable`,
  registered: `registered registered connecting ${common} registered unreachable unreachable`,
  reachable: `connecting registered connecting ${common} reachable unreachable unreachable`,
  refused: `connecting registered connecting ${common} refused unreachable unreachable`,
  unreachable: `connecting registered connecting ${common} reachable unreachable unreachable`,
};

describe('trunk machine', () => {
  for (const [kind, row] of Object.entries(table))
    row.split(' ').forEach((expected, index) => {
      const [name, event] = Object.entries(events)[index]!;
      it(`${kind} on ${name}: ${expected}`, () => {
        const status = { kind: kind as TrunkStateKind, failure: null };
        expect(nextTrunkStatus(status, event).kind).toBe(expected);
      });
    });

  it('says why the carrier refused and when it is tried again', () => {
    const status = nextTrunkStatus({ kind: 'connecting', failure: null }, events.wrongPassword!);
    expect(status.failure).toEqual({ code: 'sip.403', message: 'Forbidden', retryAt: 9 });
  });

  it('takes calls only when the carrier has answered', () => {
    expect(Object.keys(table).filter((kind) => takesCalls(kind as TrunkStateKind))).toEqual([
      'registered',
      'reachable',
    ]);
  });
});
