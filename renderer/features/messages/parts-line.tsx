import { useTranslation } from 'react-i18next';
import { countSms } from '#shared/util/index.ts';
import styles from './parts-line.module.css';

/** What an SMS costs, counted with every key: parts, what is left in the last one, and the character that makes it dear. */
export function PartsLine({ text }: { text: string }) {
  const { t } = useTranslation();
  const { parts, unitsLeftInPart, encoding, firstUcs2Character } = countSms(text);
  return (
    <p className={styles.line}>
      <span data-figure="sms-parts" className={parts > 1 ? styles.many : undefined}>
        {t('message.parts', { count: parts })}
      </span>
      <span>{t('message.left', { count: unitsLeftInPart })}</span>
      <span>{t(`message.alphabet-${encoding}`)}</span>
      {firstUcs2Character === null ? null : (
        <span className={styles.dear}>
          {t('message.ucs2-because', { character: shown(firstUcs2Character) })}
        </span>
      )}
    </p>
  );
}

/** What cannot be seen is named by its number. */
function shown(character: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
