import { describe, expect, it } from 'vitest';
import { AgentShares } from './agent-shares.ts';

const MINUTE_MS = 60_000;
const both = ['spring', 'autumn'];

function shares(spring: number, autumn: number): AgentShares {
  const made = new AgentShares(0);
  made.claim(
    [
      { campaignId: 'spring', weight: spring },
      { campaignId: 'autumn', weight: autumn },
    ],
    0,
  );
  return made;
}
const owners = (made: AgentShares, people: readonly string[]) =>
  people.map((personId) => made.ownerOf(personId));

describe('agents shared by campaigns', () => {
  it('a team is split by weight at once', () => {
    const made = shares(30, 10);
    for (const personId of ['a', 'b', 'c', 'd']) made.assign(personId, both, 0);
    expect(owners(made, ['a', 'b', 'c', 'd']).filter((owner) => owner === 'spring')).toHaveLength(
      3,
    );
  });

  it('one agent works for each in turn, for as long as the weights say', () => {
    const made = shares(30, 10);
    const had = { spring: 0, autumn: 0 };
    for (let minute = 0; minute < 400; minute += 1) {
      const owner = made.assign('a', both, minute * MINUTE_MS);
      had[owner as 'spring' | 'autumn'] += 1;
    }
    expect(had.spring / had.autumn).toBeGreaterThan(2.8);
    expect(had.spring / had.autumn).toBeLessThan(3.2);
  });

  it('an agent is at any instant of one campaign, and does not go to and fro with each call', () => {
    const made = shares(10, 10);
    let moves = 0;
    let before = made.assign('a', both, 0);
    for (let second = 1; second <= 600; second += 1) {
      const owner = made.assign('a', both, second * 1_000);
      if (owner !== before) moves += 1;
      before = owner;
    }
    expect(moves).toBeGreaterThan(1);
    expect(moves).toBeLessThan(10);
  });

  it('agents of a campaign that stops go to the others, and it has no claim to what it missed', () => {
    const made = shares(10, 10);
    for (const personId of ['a', 'b']) made.assign(personId, both, 0);
    made.claim([{ campaignId: 'spring', weight: 10 }], MINUTE_MS);
    for (const personId of ['a', 'b']) made.assign(personId, both, MINUTE_MS);
    expect(owners(made, ['a', 'b'])).toEqual(['spring', 'spring']);
    const later = 100 * MINUTE_MS;
    made.claim(
      both.map((campaignId) => ({ campaignId, weight: 10 })),
      later,
    );
    for (let minute = 0; minute < 20; minute += 1)
      for (const personId of ['a', 'b']) made.assign(personId, both, later + minute * MINUTE_MS);
    expect(new Set(owners(made, ['a', 'b']))).toEqual(new Set(both));
  });

  it('who works in one of them only stays there', () => {
    const made = shares(1, 100);
    expect(made.assign('a', ['spring'], 0)).toBe('spring');
    expect(made.assign('b', [], 0)).toBeNull();
  });
});
