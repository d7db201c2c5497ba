/** Size of a picture, read from its head. */
export interface ImageSize {
  mediaType: 'image/png' | 'image/jpeg';
  width: number;
  height: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** @returns null when it is neither PNG nor JPEG, or damaged at its head */
export function imageSize(bytes: Buffer): ImageSize | null {
  if (bytes.length > 24 && bytes.subarray(0, 8).equals(PNG)) {
    const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    return isSize(size) ? { mediaType: 'image/png', ...size } : null;
  }
  const size = jpegSize(bytes);
  return size && isSize(size) ? { mediaType: 'image/jpeg', ...size } : null;
}

function isSize({ width, height }: { width: number; height: number }): boolean {
  return width > 0 && height > 0;
}

/** The first frame header tells it. @see ITU-T T.81 §B.2.2 */
function jpegSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
