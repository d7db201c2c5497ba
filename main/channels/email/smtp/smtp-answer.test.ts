import { describe, expect, it } from 'vitest';
import { handOverOf, type SmtpStage } from './smtp-answer.ts';

const stages: readonly SmtpStage[] = ['connect', 'login', 'sender', 'recipient', 'data', 'dot'];
const fault = (stage: SmtpStage, reply: string | null, code: string | null = null) => ({
  stage,
  reply,
  code,
  message: 'said by the library',
});

describe('what a fault means for the message', () => {
  it.each(stages)('is unknown without an answer only after the dot: %s', (stage) => {
    const kind = handOverOf(fault(stage, null, 'ETIMEDOUT')).kind;
    expect(kind).toBe(stage === 'dot' ? 'unknown' : 'later');
  });

  it.each(stages)('is never accepted, and never unknown with an answer: %s', (stage) => {
    for (const reply of [
      '421 bye',
      '450 busy',
      '535 no',
      '550 5.1.1 no',
      '554 no',
      '250 what',
      '999 x',
    ]) {
      const { kind } = handOverOf(fault(stage, reply));
      if (stage === 'dot' && reply.startsWith('999')) expect(kind).toBe('unknown');
      else expect(['later', 'rejected']).toContain(kind);
    }
  });

  it.each(['connect', 'login'] as const)('blames no message for what happens at %s', (stage) => {
    for (const reply of ['550 5.1.1 no', '554 5.7.1 your address is blocked', '535 5.7.8 wrong'])
      expect(handOverOf(fault(stage, reply)).kind).toBe('later');
  });

  it('believes the first digit more than the enhanced code', () => {
    expect(handOverOf(fault('recipient', '450 5.1.1 unknown')).kind).toBe('later');
  });

  it.each([
    ['ENOTFOUND', 'gateway.host-unknown'],
    ['ECONNREFUSED', 'gateway.unreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'gateway.bad-certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'gateway.bad-certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'gateway.tls-failed'],
    ['ETIMEDOUT', 'gateway.no-answer'],
    ['ECONNRESET', 'gateway.connection-lost'],
  ])('names %s as %s', (code, expected) => {
    expect(handOverOf(fault('connect', null, code))).toMatchObject({
      kind: 'later',
      code: expected,
    });
  });

  it('keeps what the server said to one line', () => {
    const answer = handOverOf(fault('recipient', `550-5.1.1 first\n550 5.1.1 ${'x'.repeat(999)}`));
    expect(answer).toMatchObject({ kind: 'rejected', badAddress: true });
    if (answer.kind === 'accepted') return;
    expect(answer.detail).not.toContain('\n');
    expect(answer.detail?.length).toBeLessThanOrEqual(300);
  });
});
