import { createCanvas, loadImage } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMedia } from './fit-media.ts';
import { jpegHead } from './jpeg-segments.ts';
import {
  type Format,
  HEIGHT,
  noisyPicture,
  pdfOf,
  QUARTERS,
  quartersOf,
  SECRETS,
  storedPicture,
  WIDTH,
} from './pictures.fixture.ts';

const mms = { target: 'mms', maxBytes: 300_000 } as const;
const formats: Format[] = ['image/jpeg', 'image/png', 'image/webp'];
const turned = formats.flatMap((format) =>
  [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({ format, orientation })),
);

describe('a picture for a message', () => {
  it.each(turned)(
    '$format held in way $orientation stands upright',
    async ({ format, orientation }) => {
      const fitted = await fitMedia(storedPicture(orientation, format), mms);
      expect(fitted).toMatchObject({ mediaType: 'image/jpeg', width: WIDTH, height: HEIGHT });
      expect(await quartersOf(fitted.bytes)).toEqual([...QUARTERS]);
      expect(fitted.steps.includes('turned')).toBe(orientation !== 1);
    },
  );

  it.each(formats)('%s keeps nothing that says where, when and by what', async (format) => {
    const source = storedPicture(6, format);
    expect(SECRETS.some((secret) => source.includes(secret))).toBe(true);
    const { bytes, steps } = await fitMedia(source, mms);
    const { segments } = jpegHead(bytes);
    const markers = segments.map(({ marker }) => marker);
    // application data (JFIF's own head is allowed) and comments
    expect(
      markers.filter((marker) => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe),
    ).toEqual([]);
    for (const secret of [...SECRETS, 'Exif', 'ICC_PROFILE', 'adobe']) {
      expect(Buffer.from(bytes).includes(secret)).toBe(false);
    }
    expect(Buffer.from(bytes).lastIndexOf(Buffer.from([0xff, 0xd9]))).toBe(bytes.length - 2);
    expect(steps).toContain('metadataRemoved');
  });

  it('shows white where it was transparent', async () => {
    const canvas = createCanvas(40, 40);
    canvas.getContext('2d').fillRect(0, 0, 20, 20);
    const fitted = await fitMedia(canvas.toBuffer('image/png'), mms);
    expect(await quartersOf(fitted.bytes)).toEqual(['black', 'white', 'white', 'white']);
    expect(fitted.steps).toContain('flattened');
  });

  it('is the first picture of one that moves', async () => {
    const canvas = createCanvas(40, 40);
    const fitted = await fitMedia(canvas.toBuffer('image/gif'), mms);
    expect(fitted).toMatchObject({ mediaType: 'image/jpeg', width: 40, height: 40 });
  });

  it('becomes no larger than it was', async () => {
    const fitted = await fitMedia(storedPicture(1, 'image/png'), mms);
    expect(fitted.steps).not.toContain('scaled');
  });

  it('is scaled and pressed until it fits', async () => {
    const source = noisyPicture(1800, 1400);
    const fitted = await fitMedia(source, { ...mms, maxBytes: 250_000 });
    expect(fitted.bytes.length).toBeLessThanOrEqual(250_000);
    expect(fitted.steps).toEqual(expect.arrayContaining(['scaled', 'recompressed']));
    expect(Math.max(fitted.width ?? 0, fitted.height ?? 0)).toBeLessThan(1800);
    expect((fitted.width ?? 0) / (fitted.height ?? 1)).toBeCloseTo(1800 / 1400, 1);
    const shown = await loadImage(fitted.bytes);
    expect([shown.width, shown.height]).toEqual([fitted.width, fitted.height]);
  });

  it('is refused when it fits at no size', async () => {
    const asked = fitMedia(noisyPicture(700, 700), { ...mms, maxBytes: 2_000 });
    await expect(asked).rejects.toMatchObject({ code: 'message.media-too-large' });
  });

  it('is refused before it is decoded when its head claims a huge size', async () => {
    const png = Buffer.from(storedPicture(1, 'image/png'));
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    await expect(fitMedia(png, mms)).rejects.toMatchObject({
      code: 'message.media-too-large',
      details: { width: 60_000, height: 60_000 },
    });
  });

  it.each(formats)('%s that is cut off is refused', async (format) => {
    const whole = noisyPicture(200, 200, format);
    const asked = fitMedia(whole.subarray(0, whole.length / 2), mms);
    await expect(asked).rejects.toMatchObject({ code: 'message.media-unreadable' });
  });

  it('with any damage is either a clean picture or refused', async () => {
    const sources = [1, 6].flatMap((way) => formats.map((format) => storedPicture(way, format)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sources),
        fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { minLength: 1, maxLength: 12 }),
        async (source, changes) => {
          const damaged = Buffer.from(source);
          for (const [at, value] of changes) damaged[at % damaged.length] = value;
          const outcome = await fitMedia(damaged, mms).catch((error: { code?: string }) => error);
          if ('bytes' in outcome) expect(Buffer.from(outcome.bytes).includes('SECRET')).toBe(false);
          else expect(outcome.code).toMatch(/^message\.media-/);
        },
      ),
      { numRuns: 150, seed: 6 },
    );
  });
});

describe('a file of another kind', () => {
  it.each([
    ['a program', Buffer.from('MZ\0\0\x01\x02')],
    ['a drawing that could run scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is not sent as MMS', async (_name, bytes) => {
    await expect(fitMedia(bytes, mms)).rejects.toMatchObject({ code: 'message.media-kind' });
  });

  it('stays a PDF in an e-mail, byte for byte', async () => {
    const pdf = await pdfOf(['one']);
    const fitted = await fitMedia(pdf, { target: 'email', maxBytes: 100_000 });
    expect(fitted).toMatchObject({ mediaType: 'application/pdf', steps: [] });
    expect(pdf.equals(fitted.bytes)).toBe(true);
  });

  it('is refused in an e-mail when it is too long', async () => {
    const asked = fitMedia(await pdfOf(['one']), { target: 'email', maxBytes: 100 });
    await expect(asked).rejects.toMatchObject({ code: 'message.media-too-large' });
  });

  it('stays a text in an e-mail; bytes of a program are none', async () => {
    const email = { target: 'email', maxBytes: 1000 } as const;
    const fitted = await fitMedia(Buffer.from('zażółć\n'), email);
    expect(fitted.mediaType).toBe('text/plain');
    await expect(fitMedia(Buffer.from([1, 2, 3]), email)).rejects.toMatchObject({
      code: 'message.media-kind',
    });
  });
});

describe('a page of a PDF', () => {
  it('becomes a picture wide enough to be read', async () => {
    const fitted = await fitMedia(await pdfOf(['first', 'second']), mms);
    expect(fitted).toMatchObject({ mediaType: 'image/jpeg', pages: 2, steps: ['page'] });
    expect(fitted.width).toBeGreaterThanOrEqual(900);
    expect((fitted.height ?? 0) / (fitted.width ?? 1)).toBeCloseTo(Math.SQRT2, 1);
    expect(await darkPixels(fitted.bytes)).toBeGreaterThan(200);
  });

  it('is the page that was asked for', async () => {
    const pdf = await pdfOf(['', 'SECOND PAGE WITH WORDS']);
    const [first, second] = await Promise.all(
      [1, 2].map(async (page) => darkPixels((await fitMedia(pdf, { ...mms, page })).bytes)),
    );
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(200);
  });

  it('that is not there is refused', async () => {
    const asked = fitMedia(await pdfOf(['one']), { ...mms, page: 2 });
    await expect(asked).rejects.toMatchObject({ code: 'message.media-unreadable' });
  });

  it('as long as a banner is limited in its area', async () => {
    const fitted = await fitMedia(await pdfOf(['x'], [100, 8000]), mms);
    expect((fitted.width ?? 0) * (fitted.height ?? 0)).toBeLessThanOrEqual(16_000_000);
  });

  it.each([
    ['cut off', async () => (await pdfOf(['one'])).subarray(0, 200)],
    ['only a head', async () => Buffer.from('%PDF-1.7\n')],
    ['rubbish', async () => Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5000, 7)])],
  ])('of a file that is %s is refused', async (_name, make) => {
    await expect(fitMedia(await make(), mms)).rejects.toMatchObject({
      code: 'message.media-unreadable',
    });
  });
});

async function darkPixels(bytes: Uint8Array): Promise<number> {
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let dark = 0;
  for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 100) dark += 1;
  return dark;
}
