import { PhoneCall } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../app/announcer.ts';
import { errorText, refusalOf, refusalText } from '../../app/errors.ts';
import { formatPhone, parsePhone } from '../../app/format/index.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useQuery } from '../../app/router.ts';
import { useAgent, useServices } from '../../app/services.ts';
import { Button, Field, Input } from '../../components/index.ts';
import styles from './dial-box.module.css';

/** A call by hand to any number. The door may say no; then its rule and the next allowed time stand here. */
export function DialBox() {
  const { t, i18n } = useTranslation();
  const { client, shell } = useServices();
  const [prefill, setPrefill] = useQuery('dial');
  const [text, setText] = useState(prefill ? formatPhone(prefill) : '');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const lineUp = useAgent((view) => view.own?.line === 'up');
  const field = useRef<HTMLInputElement>(null);
  const focus = (): void => field.current?.focus();
  useKeys({ D: focus });

  useEffect(() => {
    if (!prefill) return;
    setText(formatPhone(prefill));
    field.current?.focus();
    setPrefill('');
  }, [prefill, setPrefill]);
  useEffect(
    () =>
      shell.onDialLink?.((link) => {
        const number = parsePhone(link, null);
        if (number) setText(formatPhone(number));
        field.current?.focus();
      }),
    [shell],
  );

  const dial = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const to = parsePhone(text, homeCountry(i18n.language));
    if (to === null) {
      setProblem(t('dial.not-a-number'));
      return;
    }
    setBusy(true);
    setProblem(null);
    try {
      await client.send('call.place', { to });
      setText('');
    } catch (error) {
      const refusal = refusalOf(error);
      const message = refusal
        ? refusalText(refusal.blockedBy, refusal.nextAllowedAt, t, i18n.language)
        : errorText(error, t);
      setProblem(message);
      announce(message, 'assertive');
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className={styles.box} aria-labelledby="dial-title">
      <h2 id="dial-title" className={styles.title}>
        {t('dial.title')}
      </h2>
      <form className={styles.form} onSubmit={(event) => void dial(event)}>
        <Field label={t('dial.number')} hint={lineUp ? null : t('dial.needs-line')} error={problem}>
          <Input
            ref={field}
            type="tel"
            autoComplete="off"
            value={text}
            placeholder="+48 …"
            aria-keyshortcuts="D"
            onChange={(event) => {
              setText(event.currentTarget.value);
              setProblem(null);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
        </Field>
        <Button
          type="submit"
          wide
          disabled={busy || !lineUp || text.trim() === ''}
          icon={<PhoneCall size={16} aria-hidden="true" />}
        >
          {t('dial.call')}
        </Button>
      </form>
    </section>
  );
}

/** Where a number without a country code is taken to be: a guess from the window's language, shown before dialing. */
function homeCountry(language: string): string | null {
  return { pl: 'PL', ru: 'RU', zh: 'CN' }[language] ?? null;
}
