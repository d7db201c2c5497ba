import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../app/announcer.ts';
import { useServices } from '../app/services.ts';
import { IconButton } from './icon-button.tsx';

const saidForMs = 2_000;

/** Takes a value to the clipboard, and says that it did. */
export function CopyButton({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation();
  const { clock } = useServices();
  const [copied, setCopied] = useState(false);
  useEffect(
    () => (copied ? clock.setTimer(saidForMs, () => setCopied(false)) : undefined),
    [clock, copied],
  );
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      return; // a browser without the permission: the value is on the screen to be marked
    }
    setCopied(true);
    announce(t('common.copied'));
  };
  return (
    <IconButton
      label={copied ? t('common.copied') : label}
      icon={copied ? <Check size={14} aria-hidden="true" /> : <Copy size={14} aria-hidden="true" />}
      onClick={() => void copy()}
    />
  );
}
