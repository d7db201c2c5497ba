import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallId } from '#shared/domain/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useCommand } from '../../app/use-command.ts';
import styles from './keypad.module.css';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** Sends tones. Digits of the keyboard mean tones only while it is open. */
export function Keypad({ callId, onClose }: { callId: CallId; onClose: () => void }) {
  const { t } = useTranslation();
  const [sent, setSent] = useState('');
  const { run } = useCommand('call.send-dtmf');
  const press = (digit: string): void => {
    setSent((before) => (before + digit).slice(-20));
    void run({ callId, digits: digit });
  };
  useKeys({
    ...Object.fromEntries(keys.map((digit) => [digit, () => press(digit)])),
    Escape: onClose,
  });
  return (
    <div className={styles.keypad}>
      <output className={styles.sent} aria-label={t('call.digits-sent')}>
        {sent || '\u00a0'}
      </output>
      {keys.map((digit) => (
        <button key={digit} type="button" className={styles.key} onClick={() => press(digit)}>
          {digit}
        </button>
      ))}
    </div>
  );
}
