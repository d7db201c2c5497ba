const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'application/pdf': 'pdf',
  'text/plain': 'txt',
};

/** As a file may be called everywhere, with the extension of what it has become. */
export function mediaName(name: string, mediaType: string): string {
  const safe = name.replaceAll(/[\p{C}\\/:*?"<>|]+/gu, '-').trim();
  const stem = safe.replace(/\.[A-Za-z0-9]{1,5}$/, '').slice(0, 150) || 'file';
  const extension = EXTENSIONS[mediaType];
  return extension === undefined ? stem : `${stem}.${extension}`;
}
