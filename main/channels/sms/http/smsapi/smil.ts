/**
 * A message of pictures and a text, one under another on one page. SMSAPI fetches both from their addresses.
 * @see https://www.w3.org/TR/SMIL3/
 */
export function smilOf(pictureUrls: readonly string[], textUrl: string | null): string {
  const pictures = pictureUrls.map((url) => `<img src="${xml(url)}" region="Image"/>`);
  const words = textUrl === null ? '' : `<text src="${xml(textUrl)}" region="Text"/>`;
  const pages =
    pictures.length === 0
      ? [words]
      : pictures.map((one, index) => one + (index === 0 ? words : ''));
  return (
    '<smil><head><layout><root-layout height="100%" width="100%"/>' +
    '<region id="Image" width="100%" height="70%" left="0%" top="0%" fit="meet"/>' +
    '<region id="Text" width="100%" height="30%" left="0%" top="70%" fit="scroll"/></layout></head>' +
    `<body>${pages.map((page) => `<par dur="10s">${page}</par>`).join('')}</body></smil>`
  );
}

function xml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
