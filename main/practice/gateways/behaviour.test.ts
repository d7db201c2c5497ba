import { describe, expect, it } from 'vitest';
import { behaviourOf } from './behaviour.ts';
import { replyTexts } from './reply-texts.ts';

describe('how practice debtors take messages', () => {
  it('does the same for the same seed, address and text', () => {
    for (let index = 0; index < 200; index += 1) {
      const to = `+48100${String(index).padStart(6, '0')}`;
      expect(behaviourOf(to, 'Tekst', 7)).toEqual(behaviourOf(to, 'Tekst', 7));
    }
  });

  it('delivers most messages within three seconds, and leaves every other outcome to a few', () => {
    const counts = { delivered: 0, failed: 0, expired: 0, silent: 0, replies: 0 };
    for (let index = 0; index < 4_000; index += 1) {
      const to = `+7000${String(index * 100 + (index % 90)).padStart(7, '0')}`;
      const behaviour = behaviourOf(to, 'Текст', 1);
      counts[behaviour.outcome] += 1;
      if (behaviour.reply !== null) counts.replies += 1;
      if (behaviour.outcome === 'delivered') {
        expect(behaviour.afterMs).toBeGreaterThanOrEqual(1_000);
        expect(behaviour.afterMs).toBeLessThanOrEqual(3_000);
      } else expect(behaviour.reply).toBeNull();
    }
    expect(counts.delivered).toBeGreaterThan(3_400);
    for (const outcome of ['failed', 'expired', 'silent'] as const) {
      expect(counts[outcome]).toBeGreaterThan(40);
    }
    expect(counts.replies).toBeGreaterThan(400);
    expect(counts.replies).toBeLessThan(1_000);
  });

  it('keeps the outcome of an address whatever is written to it', () => {
    for (let index = 0; index < 300; index += 1) {
      const to = `+44770090${String(1_000 + index).slice(-4, -2)}${index % 90}`;
      expect(behaviourOf(to, 'one', 3).outcome).toBe(behaviourOf(to, 'two', 3).outcome);
    }
  });

  it.each([
    ['+48100000091', 'pl', 'question'],
    ['+447700900192', 'en', 'promise'],
    ['+12125550193', 'en', 'stop'],
    ['+70000000093', 'ru', 'stop'],
    ['+862100000098', 'zh', 'long'],
    ['jan91@poczta.example.pl', 'pl', 'question'],
    ['mary.smith93@example.com', 'en', 'stop'],
  ] as const)(
    'an ending forces what is answered in the language of the address: %s',
    (to, language, topic) => {
      const behaviour = behaviourOf(to, 'text', 1);
      expect(behaviour.outcome).toBe('delivered');
      expect(replyTexts[language][topic]).toContain(behaviour.reply?.text);
    },
  );

  it.each([
    ['90', { outcome: 'delivered', failure: null }],
    ['94', { outcome: 'failed', failure: 'unknownAddress' }],
    ['95', { outcome: 'failed', failure: 'refused' }],
    ['96', { outcome: 'expired', failure: null }],
    ['97', { outcome: 'silent', failure: null }],
  ] as const)('an ending of %s forces the outcome', (ending, expected) => {
    expect(behaviourOf(`+481000000${ending}`, 'x', 5)).toMatchObject({ ...expected, reply: null });
  });

  it('lets an answer overtake the receipt of the ending 99', () => {
    const { afterMs, reply } = behaviourOf('+48100000099', 'x', 5);
    expect(reply?.afterMs).toBeLessThan(afterMs);
  });

  it('answers an address without a country in the language of the message', () => {
    expect(replyTexts.ru.question).toContain(
      behaviourOf('a91@example.com', 'Ваш долг', 1).reply?.text,
    );
    expect(replyTexts.zh.question).toContain(
      behaviourOf('a91@example.com', '您的欠款', 1).reply?.text,
    );
  });
});
