import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeGsm, encodeGsm, gsmSeptets, packSeptets, unpackSeptets } from './gsm-alphabet.ts';
import { countSms, decodeUcs2, encodeUcs2, splitSms } from './sms-text.ts';

const gsmCharacters = [
  ...'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà',
  ...'\f^{}\\[~]|€',
];
const gsmText = fc
  .array(fc.constantFrom(...gsmCharacters), { maxLength: 700 })
  .map((characters) => characters.join(''));
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...gsmCharacters, 'ą', 'ł', 'я', '好', '😀', '👩🏽'),
      fc.string({ unit: 'grapheme', maxLength: 3 }),
    ),
    { maxLength: 300 },
  )
  .map((characters) => characters.join(''));

describe('countSms', () => {
  it.each([
    ['', 'gsm7', 0, 1, 160],
    ['a'.repeat(160), 'gsm7', 160, 1, 0],
    ['a'.repeat(161), 'gsm7', 161, 2, 145],
    ['€'.repeat(80), 'gsm7', 160, 1, 0],
    ['a'.repeat(306), 'gsm7', 306, 2, 0],
    ['a'.repeat(307), 'gsm7', 307, 3, 152],
    ['ą'.repeat(70), 'ucs2', 70, 1, 0],
    ['ą'.repeat(71), 'ucs2', 71, 2, 63],
    ['😀'.repeat(35), 'ucs2', 70, 1, 0],
  ] as const)('counts %j', (text, encoding, units, parts, unitsLeftInPart) => {
    expect(countSms(text)).toMatchObject({ encoding, units, parts, unitsLeftInPart });
  });

  it('leaves the septet before an escape pair that does not fit empty', () => {
    const text = `${'a'.repeat(152)}€${'b'.repeat(152)}`;
    // 152 + 2 do not fit into 153: the euro begins the second part, which then lacks room for the last letters
    expect(countSms(text).parts).toBe(3);
    expect(splitSms(text).parts.map((part) => part.length)).toEqual([152, 152, 1]);
  });

  it('names the first character that the 7-bit alphabet lacks, whole', () => {
    expect(countSms('Zapłać').firstUcs2Character).toBe('ł');
    expect(countSms('ok 😀').firstUcs2Character).toBe('😀');
    expect(countSms('Prosimy o wplate 100 €').firstUcs2Character).toBeNull();
  });

  it('agrees with the parts that are made', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { parts, encoding } = splitSms(text);
        expect(countSms(text)).toMatchObject({ parts: parts.length, encoding });
      }),
    );
  });
});

describe('splitSms', () => {
  it('loses nothing, fits every part, and cuts no pair', () => {
    fc.assert(
      fc.property(fc.oneof(gsmText, anyText), fc.boolean(), (text, wideReference) => {
        const { parts, encoding } = splitSms(text, { wideReference });
        expect(parts.join('')).toBe(text);
        const alone = encoding === 'gsm7' ? 160 : 70;
        const behindHeader = encoding === 'gsm7' ? 153 : 67;
        const limit = parts.length === 1 ? alone : behindHeader - (wideReference ? 1 : 0);
        for (const part of parts) {
          const units = encoding === 'gsm7' ? (encodeGsm(part)?.length ?? Infinity) : part.length;
          expect(units).toBeLessThanOrEqual(limit);
          if (text.isWellFormed()) expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});

describe('the GSM alphabet', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(gsmText, (text) => {
        expect(decodeGsm(encodeGsm(text) ?? new Uint8Array())).toBe(text);
      }),
    );
  });

  it('has 127 characters in its table, ten behind the escape, and no Polish letter', () => {
    const codes = [...'@Δ _0¡P¿p'].map((character) => encodeGsm(character)?.[0]);
    expect(codes).toEqual([0x00, 0x10, 0x20, 0x11, 0x30, 0x40, 0x50, 0x60, 0x70]);
    expect(encodeGsm('€')).toEqual(Uint8Array.of(0x1b, 0x65));
    expect([...'ąćęłńóśźż'].map(gsmSeptets)).toEqual(Array(9).fill(0));
    expect(encodeGsm('\u001b')).toBeNull();
    expect(encodeGsm('zł')).toBeNull();
  });

  it('shows an unknown extension as its basic character, and bears a lonely escape', () => {
    expect(decodeGsm(Uint8Array.of(0x1b, 0x41))).toBe('A');
    expect(decodeGsm(Uint8Array.of(0x41, 0x1b))).toBe('A');
    expect(decodeGsm(Uint8Array.of(0x1b, 0x1b, 0x41))).toBe(' A');
  });

  it('reads any octets without failing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        expect(typeof decodeGsm(octets)).toBe('string');
      }),
    );
  });
});

describe('packed septets', () => {
  it('packs as the standard shows', () => {
    const septets = encodeGsm('hellohello') ?? new Uint8Array();
    expect(Buffer.from(packSeptets(septets)).toString('hex')).toBe('e8329bfd4697d9ec37');
  });

  it('reads back what it packed, behind a header too', () => {
    const septetsOf = fc.uint8Array({ max: 0x7f, maxLength: 160 });
    fc.assert(
      fc.property(septetsOf, fc.integer({ min: 0, max: 6 }), (septets, fillBits) => {
        const packed = packSeptets(septets, fillBits);
        expect(unpackSeptets(packed, septets.length, fillBits)).toEqual(septets);
      }),
    );
  });
});

describe('UCS-2', () => {
  it('reads back what it wrote, with the high octet first', () => {
    expect(encodeUcs2('ł')).toEqual(Uint8Array.of(0x01, 0x42));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(decodeUcs2(encodeUcs2(text))).toBe(text);
      }),
    );
  });
});
