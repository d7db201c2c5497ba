const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'message/rfc822': 'eml',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/calendar': 'ics',
};
/** Names that Windows keeps for devices. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * A name under which a file may be kept and offered: no folders, no characters that a system or a reader trips over
 * (controls, direction marks that turn `exe.pdf` around), at most 120 characters with its ending kept.
 * @param index of the attachment, for one without a name
 */
export function attachmentName(given: string | null, mediaType: string, index: number): string {
  const plain = (given ?? '')
    .slice(0, 2_000)
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu, '')
    .replace(/^.*[/\\]/s, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '');
  if (plain === '') return `attachment-${index + 1}.${extensions[mediaType] ?? 'bin'}`;
  const safe = devices.test(plain) ? `_${plain}` : plain;
  return shortened(safe);
}

function shortened(name: string): string {
  const characters = [...name];
  if (characters.length <= 120) return name;
  const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? '';
  return `${characters.slice(0, 120 - ending.length).join('')}${ending}`;
}
