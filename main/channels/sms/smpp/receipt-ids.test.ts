import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IdStyle, ReceiptIds } from './receipt-ids.ts';

const phone = '+48100000001';
const other = '+48100000002';

function someIds(setting: IdStyle | 'either' = 'either', learned: string | null = null) {
  const told: IdStyle[] = [];
  const ids = new ReceiptIds({ setting, learned, onLearned: (style) => told.push(style) });
  return { ids, told };
}

const taken = { messageId: 'm-1', onePart: false };

describe('ids in receipts', () => {
  it.each([
    ['asGiven', '1000000007', '1000000007'],
    ['hexInReceipt', '1000000007', '3B9ACA07'],
    ['decimalInReceipt', '3b9aca07', '1000000007'],
    ['hexInReceipt', '0000000255', '00FF'],
  ] as const)('%s: %s is meant by %s', (setting, given, inReceipt) => {
    const { ids } = someIds(setting);
    ids.remember(given, phone, taken);
    expect(ids.resolve(inReceipt, phone)).toBe(given);
  });

  it('finds out how this SMSC writes them, says so once, and reads older ones in that style', () => {
    const { ids, told } = someIds();
    ids.remember('1000000007', phone, taken);
    expect(ids.resolve('3B9ACA07', phone)).toBe('1000000007');
    expect(told).toEqual(['hexInReceipt']);
    expect(ids.resolve('3B9ACA08', other)).toBe('1000000008');
    expect(someIds('either', 'hexInReceipt').ids.resolve('3B9ACA08', other)).toBe('1000000008');
  });

  it('does not take the number of one message for that of another phone', () => {
    const { ids, told } = someIds();
    ids.remember('10', other, taken);
    ids.remember('16', phone, taken);
    // 10 as it is, 16 when it is hexadecimal: the phone decides
    expect(ids.resolve('10', phone)).toBe('16');
    expect(told).toEqual(['hexInReceipt']);
  });

  it('leaves an id as it came when two messages to one phone fit, and learns nothing from it', () => {
    const { ids, told } = someIds();
    ids.remember('10', phone, taken);
    ids.remember('16', phone, taken);
    expect(ids.resolve('10', phone)).toBe('10');
    expect(told).toEqual([]);
  });

  it('finds every id again, in every style', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 10_000n, max: 10n ** 18n }),
        fc.constantFrom<IdStyle>('asGiven', 'hexInReceipt', 'decimalInReceipt'),
        fc.nat({ max: 4 }),
        (number, style, zeros) => {
          const given = style === 'decimalInReceipt' ? number.toString(16) : number.toString();
          const changed = style === 'hexInReceipt' ? number.toString(16) : number.toString();
          for (const setting of [style, 'either'] as const) {
            const { ids } = someIds(setting);
            ids.remember(given, phone, taken);
            expect(ids.resolve('0'.repeat(zeros) + changed.toUpperCase(), phone)).toBe(given);
          }
        },
      ),
    );
  });
});
