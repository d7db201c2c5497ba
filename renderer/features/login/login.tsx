import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../app/services.ts';
import { Button, Field, Input } from '../../components/index.ts';
import type { ConnectionState } from '../../stores/index.ts';
import styles from './login.module.css';

type Code = Extract<ConnectionState, { kind: 'refused' }>['code'];

/** Nobody is logged in here, or the engine does not accept who was: what happened, and how to go on. */
export function Login({ code }: { code: Code }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [link, setLink] = useState('');
  const [wrong, setWrong] = useState(false);
  const outdated = code === 'contract.version';

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setWrong(!client.logIn(link.trim()));
  };
  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={submit}>
        <h1 className={styles.brand}>Dialdesk</h1>
        <h2 className={styles.title}>{t(outdated ? 'login.outdated' : 'login.title')}</h2>
        <p className={styles.text} role={code === 'access.no-credential' ? undefined : 'alert'}>
          {t(`login.why.${code}`)}
        </p>
        {outdated ? (
          <Button look="primary" size="large" onClick={() => location.reload()}>
            {t('login.reload')}
          </Button>
        ) : (
          <>
            <Field
              label={t('login.link')}
              hint={t('login.link-hint')}
              error={wrong ? t('login.bad-link') : null}
            >
              <Input
                value={link}
                onChange={(event) => {
                  setLink(event.currentTarget.value);
                  setWrong(false);
                }}
                autoComplete="off"
                spellCheck={false}
                autoFocus
              />
            </Field>
            <Button type="submit" look="primary" size="large" disabled={link.trim() === ''}>
              {t('login.submit')}
            </Button>
          </>
        )}
      </form>
    </main>
  );
}
