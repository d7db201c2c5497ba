import { ImageOff } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './html-body.module.css';
import { sanitiseHtml } from './sanitise-html.ts';

/** Only styles that stand in the mail itself and pictures that came with it: nothing is loaded, nothing runs. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'";

/**
 * The HTML of a mail as its reader sees it: sanitised, in a sandbox without scripts and with an origin of its own. White
 * in the dark, too: that is how it is written.
 */
export function HtmlBody({ html, title }: { html: string; title: string }) {
  const { t } = useTranslation();
  const clean = useMemo(() => sanitiseHtml(html), [html]);
  return (
    <div className={styles.body}>
      <iframe
        className={styles.frame}
        sandbox=""
        referrerPolicy="no-referrer"
        title={title}
        srcDoc={page(clean.html)}
      />
      {clean.remotePictures > 0 ? (
        <p className={styles.note}>
          <ImageOff size={14} aria-hidden="true" />
          {t('message.remote-pictures', { count: clean.remotePictures })}
        </p>
      ) : null}
    </div>
  );
}

function page(body: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="color-scheme" content="light"></head><body style="margin:16px;background:#fff;color:#151922;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">${body}</body></html>`;
}
