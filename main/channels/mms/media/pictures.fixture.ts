import { createCanvas, loadImage } from '@napi-rs/canvas';
import PDFDocument from 'pdfkit';

export const WIDTH = 80;
export const HEIGHT = 40;

/** Colours of the four quarters of the upright picture: top left, top right, bottom left, bottom right. */
export const QUARTERS = ['red', 'lime', 'blue', 'black'] as const;
export type Quarter = (typeof QUARTERS)[number];

/**
 * The matrices of CIPA DC-008 4.6.4 put the other way round: how the upright picture was turned before it was stored.
 * Each names which quarter lies top left, top right, bottom left, bottom right in the file.
 */
const STORED: Record<number, readonly [Quarter, Quarter, Quarter, Quarter]> = {
  1: ['red', 'lime', 'blue', 'black'],
  2: ['lime', 'red', 'black', 'blue'],
  3: ['black', 'blue', 'lime', 'red'],
  4: ['blue', 'black', 'red', 'lime'],
  5: ['red', 'blue', 'lime', 'black'],
  6: ['lime', 'black', 'red', 'blue'],
  7: ['black', 'lime', 'blue', 'red'],
  8: ['blue', 'red', 'black', 'lime'],
};

export type Format = 'image/jpeg' | 'image/png' | 'image/webp';

/** An upright picture of four colours, as a camera stores it that was held in this way. */
export function storedPicture(orientation: number, format: Format): Buffer {
  const onItsSide = orientation >= 5;
  const [width, height] = onItsSide ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const quarters = STORED[orientation] ?? QUARTERS;
  quarters.forEach((colour, index) => {
    context.fillStyle = colour;
    const [x, y] = [(index % 2) * (width / 2), Math.floor(index / 2) * (height / 2)];
    context.fillRect(x, y, width / 2, height / 2);
  });
  const bytes = format === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer(format, 95);
  return withExif(bytes, format, orientation);
}

/** What stands in each quarter, by its middle. */
export async function quartersOf(bytes: Uint8Array): Promise<string[]> {
  const image = await loadImage(bytes);
  const canvas = createCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return [0, 1, 2, 3].map((index) => {
    const x = Math.floor(((index % 2) * 2 + 1) * (image.width / 4));
    const y = Math.floor((Math.floor(index / 2) * 2 + 1) * (image.height / 4));
    const [red = 0, green = 0, blue = 0] = context.getImageData(x, y, 1, 1).data;
    const bits = `${Number(red > 128)}${Number(green > 128)}${Number(blue > 128)}`;
    return (
      { '100': 'red', '010': 'lime', '001': 'blue', '000': 'black', '111': 'white' }[bits] ?? bits
    );
  });
}

/** Colours that change from pixel to pixel, so that no encoder makes them small. */
export function noisyPicture(width: number, height: number, format: Format = 'image/jpeg'): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  const data = context.createImageData(width, height);
  let state = 12_345;
  for (let at = 0; at < data.data.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    data.data[at] = at % 4 === 3 ? 255 : state >>> 24;
  }
  context.putImageData(data, 0, 0);
  return format === 'image/png' ? canvas.toBuffer('image/png') : canvas.toBuffer(format, 95);
}

/** The words by which one finds metadata that was left in. */
export const SECRETS = ['GPSSECRET', 'XMPSECRET', 'COMMENTSECRET', 'ICCSECRET'];

/** TIFF structure with an orientation and a text that says where it was taken. */
function tiff(orientation: number): Buffer {
  const bytes = Buffer.alloc(8 + 2 + 2 * 12 + 4 + 16);
  bytes.write('MM', 0, 'latin1');
  bytes.writeUInt16BE(42, 2);
  bytes.writeUInt32BE(8, 4);
  bytes.writeUInt16BE(2, 8);
  bytes.writeUInt16BE(0x010e, 10);
  bytes.writeUInt16BE(2, 12);
  bytes.writeUInt32BE(10, 14);
  bytes.writeUInt32BE(38, 18);
  bytes.writeUInt16BE(0x0112, 22);
  bytes.writeUInt16BE(3, 24);
  bytes.writeUInt32BE(1, 26);
  bytes.writeUInt16BE(orientation, 30);
  bytes.write('GPSSECRET\0', 38, 'latin1');
  return bytes;
}

function withExif(bytes: Buffer, format: Format, orientation: number): Buffer {
  if (format === 'image/jpeg') return jpegWithMetadata(bytes, tiff(orientation));
  if (format === 'image/png') return pngWithMetadata(bytes, tiff(orientation));
  return webpWithMetadata(bytes, tiff(orientation));
}

function jpegWithMetadata(bytes: Buffer, exif: Buffer): Buffer {
  const xmp = Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMPSECRET</x:xmpmeta>');
  return Buffer.concat([
    bytes.subarray(0, 2),
    segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif])),
    segment(0xe1, xmp),
    segment(0xfe, Buffer.from('COMMENTSECRET')),
    bytes.subarray(2),
    // after the end: motion photos and others hide things there
    Buffer.from('ICCSECRET'),
  ]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

function pngWithMetadata(bytes: Buffer, exif: Buffer): Buffer {
  const headerEnd = 8 + 25;
  return Buffer.concat([
    bytes.subarray(0, headerEnd),
    chunk('eXIf', exif),
    chunk('tEXt', Buffer.from('Comment\0COMMENTSECRET')),
    chunk('iTXt', Buffer.from('XML:com.adobe.xmp\0\0\0\0\0XMPSECRET')),
    bytes.subarray(headerEnd),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc32(body), body.length + 4);
  return whole;
}

function webpWithMetadata(bytes: Buffer, exif: Buffer): Buffer {
  const inner: Buffer[] = [];
  let size = { width: 0, height: 0 };
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    const type = bytes.toString('latin1', at, at + 4);
    if (type === 'VP8 ')
      size = { width: bytes.readUInt16LE(at + 14), height: bytes.readUInt16LE(at + 16) };
    if (type === 'VP8 ' || type === 'ALPH')
      inner.push(bytes.subarray(at, at + 8 + length + (length % 2)));
    at += 8 + length + (length % 2);
  }
  const extended = Buffer.alloc(10);
  extended[0] = 0x0c;
  extended.writeUIntLE(size.width - 1, 4, 3);
  extended.writeUIntLE(size.height - 1, 7, 3);
  const body = Buffer.concat([
    riff('VP8X', extended),
    ...inner,
    riff('EXIF', exif),
    riff('XMP ', Buffer.from('<x:xmpmeta>XMPSECRET</x:xmpmeta>')),
  ]);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

function riff(type: string, data: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb8_8320 : crc >>> 1;
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

/** @param pages texts, one for each */
export async function pdfOf(
  pages: readonly string[],
  size: string | [number, number] = 'A4',
): Promise<Buffer> {
  const pdf = new PDFDocument({ size, autoFirstPage: false });
  const pieces: Buffer[] = [];
  pdf.on('data', (piece: Buffer) => pieces.push(piece));
  const ended = new Promise((resolve) => pdf.on('end', resolve));
  for (const text of pages) pdf.addPage().fontSize(40).text(text);
  pdf.end();
  await ended;
  return Buffer.concat(pieces);
}
