/** Head of a GIF file: signature (6) · width (2) · height (2) · flags (1) · background (1) · ratio (1) · colours. */
export function isGif(bytes: Uint8Array): boolean {
  const signature = Buffer.from(bytes.subarray(0, 6)).toString('latin1');
  return signature === 'GIF87a' || signature === 'GIF89a';
}

/** The larger of the screen and the first picture on it, which may reach beyond. @see GIF89a §18, §20 */
export function gifSize(bytes: Uint8Array): { width: number; height: number } {
  const screen = { width: word(bytes, 6), height: word(bytes, 8) };
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (bytes[at] === 0x21) at = afterBlocks(bytes, at + 2);
  if (bytes[at] !== 0x2c) return screen;
  return {
    width: Math.max(screen.width, word(bytes, at + 1) + word(bytes, at + 5)),
    height: Math.max(screen.height, word(bytes, at + 3) + word(bytes, at + 7)),
  };
}

/** Comments and application data (XMP) before the first picture. */
export function gifHasMetadata(bytes: Uint8Array): boolean {
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  for (; bytes[at] === 0x21; at = afterBlocks(bytes, at + 2)) {
    const label = bytes[at + 1];
    const application = Buffer.from(bytes.subarray(at + 3, at + 11)).toString('latin1');
    if (label === 0xfe || (label === 0xff && application !== 'NETSCAPE')) return true;
  }
  return false;
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function afterBlocks(bytes: Uint8Array, start: number): number {
  let at = start;
  while ((bytes[at] ?? 0) > 0) at += 1 + (bytes[at] ?? 0);
  return at + 1;
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}
