import createDOMPurify from 'dompurify';

/** What a mail may be made of; everything that runs, loads, asks or submits is left out. */
const forbiddenTags = [
  'style',
  'link',
  'meta',
  'base',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'iframe',
  'object',
  'embed',
  'video',
  'audio',
  'source',
  'svg',
  'math',
  'dialog',
];

export interface SanitisedHtml {
  html: string;
  /** pictures that stood at an address elsewhere: loading one would tell its owner that the mail was read */
  remotePictures: number;
}

/**
 * Makes the HTML of a mail harmless: no scripts, no forms, nothing that is loaded from elsewhere, and links that lead
 * nowhere but name their address. Incoming HTML is hostile; it is shown in a sandbox besides.
 */
export function sanitiseHtml(html: string): SanitisedHtml {
  const purify = createDOMPurify(window);
  let remotePictures = 0;
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.tagName === 'A') disarmLink(node);
    if (node.tagName === 'IMG' && !/^data:image\//i.test(node.getAttribute('src') ?? '')) {
      if (node.hasAttribute('src')) remotePictures += 1;
      node.replaceWith(node.ownerDocument.createTextNode(node.getAttribute('alt') ?? ''));
      return;
    }
    for (const name of ['srcset', 'background', 'poster']) node.removeAttribute(name);
    const style = node.getAttribute('style');
    if (style !== null && /url\s*\(|image-set|expression|@import/i.test(style)) {
      node.removeAttribute('style');
    }
  });
  const clean = purify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: forbiddenTags,
    FORBID_ATTR: ['id', 'name', 'target', 'ping', 'autofocus', 'tabindex'],
    ALLOW_DATA_ATTR: false,
  });
  return { html: clean, remotePictures };
}

/** The words stay, the address can be read; a click inside the sandbox would open it in place of the mail. */
function disarmLink(link: Element): void {
  const address = link.getAttribute('href');
  link.removeAttribute('href');
  if (address !== null) link.setAttribute('title', address);
}
