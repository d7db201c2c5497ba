import { useState } from 'react';
import { FlagForm } from './flag-form.tsx';
import { FlagQuick } from './flag-quick.tsx';
import { FlagReason } from './flag-reason.tsx';
import styles from './flag-sheet.module.css';
import { FlagsInForce } from './flags-in-force.tsx';
import type { Work } from './work-context.ts';

/** What is special about the debtor: by one more key at once, or with a reason and a day; and what is set. */
export function FlagSheet({ work, explain }: { work: Work; explain?: string | undefined }) {
  const [withWords, setWithWords] = useState(false);
  if (explain !== undefined) return <FlagReason work={work} holdId={explain} />;
  return (
    <div className={styles.sheet}>
      {withWords ? (
        <FlagForm work={work} onQuick={() => setWithWords(false)} />
      ) : (
        <FlagQuick work={work} onWithWords={() => setWithWords(true)} />
      )}
      <FlagsInForce work={work} />
    </div>
  );
}
