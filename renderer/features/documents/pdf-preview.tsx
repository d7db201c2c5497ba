import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../../app/errors.ts';
import { ErrorState, Skeleton } from '../../components/index.ts';
import { type OpenPdf, openPdf, type PdfPage } from './draw-pdf.ts';
import styles from './pdf-preview.module.css';

/** A document as it is printed, page under page. It is white in the dark, too: it is paper. */
export function PdfPreview({ url, title }: { url: string; title: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<OpenPdf | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` tries again
  useEffect(() => {
    let current = true;
    let mine: OpenPdf | null = null;
    setError(null);
    openPdf(url).then(
      (pdf) => {
        if (!current) return pdf.close();
        mine = pdf;
        setOpened(pdf);
      },
      (failure: unknown) => {
        if (current) setError(failure);
      },
    );
    return () => {
      current = false;
      mine?.close();
    };
  }, [url, turn]);

  if (error !== null) {
    return <ErrorState text={errorText(error, t)} onRetry={() => setTurn((now) => now + 1)} />;
  }
  if (opened === null) return <Skeleton lines={12} />;
  return (
    <div className={styles.pages}>
      {opened.pages.map((page, index) => (
        <Page
          // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place
          key={index}
          page={page}
          label={`${title}: ${t('document.page', { page: index + 1, count: opened.pages.length })}`}
        />
      ))}
    </div>
  );
}

function Page({ page, label }: { page: PdfPage; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    let last = 0;
    const draw = (): void => {
      const width = Math.round(element.clientWidth * devicePixelRatio);
      if (width === 0 || width === last) return;
      last = width;
      // a document that was closed meanwhile is drawn nowhere any more
      page.draw(element, width).catch(() => undefined);
    };
    const observer = new ResizeObserver(draw);
    observer.observe(element);
    return () => observer.disconnect();
  }, [page]);
  return (
    <canvas
      ref={canvas}
      className={styles.page}
      role="img"
      aria-label={label}
      style={{ aspectRatio: `${page.width} / ${page.height}` }}
    />
  );
}
