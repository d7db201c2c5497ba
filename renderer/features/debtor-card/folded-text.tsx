import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '../../components/index.ts';
import { highlightParts } from './highlight-parts.ts';
import { Highlighted } from './highlighted.tsx';
import styles from './history-item.module.css';

const foldedLetters = 200;
const foldedLines = 3;

/** Long texts show their first lines; one in which a search found something beyond them is open. */
export function FoldedText({ text, search }: { text: string; search: string }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const long = text.length > foldedLetters || text.split('\n').length > foldedLines;
  const open = chosen ?? (search !== '' && long && foundBeyond(text, search));
  return (
    <>
      <p className={classNames(styles.text, long && !open && styles.folded)}>
        <Highlighted text={text} search={search} />
      </p>
      {long ? (
        <button
          type="button"
          className={styles.unfold}
          aria-expanded={open}
          data-unfold
          onClick={() => setChosen(!open)}
        >
          {t(open ? 'history.fold' : 'history.unfold')}
        </button>
      ) : null}
    </>
  );
}

function foundBeyond(text: string, search: string): boolean {
  let at = 0;
  for (const part of highlightParts(text, search)) {
    at += part.text.length;
    if (part.hit && at > foldedLetters / 2) return true;
  }
  return false;
}
