import { Ban, Info, MessageSquareQuote } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShownObligation } from '#shared/contract/index.ts';
import { useConnection } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { IconButton } from '../../components/index.ts';
import { Popover } from '../../components/popover.tsx';
import { packName } from './pack-name.ts';
import styles from './say.module.css';
import { hasMoreAfter, type SayLine, sayLines } from './say-lines.ts';
import { firmWaits, wordingOf } from './say-wordings.ts';
import type { Veil } from './veil.ts';

/** What must be said in this call, in order: in the agent's language, and word for word where there are such words. */
export function Say({
  obligations,
  language,
  veil,
}: {
  obligations: readonly ShownObligation[];
  /** of the debtor */
  language: string;
  veil: Veil;
}) {
  const { t } = useTranslation();
  const lines = sayLines(obligations, veil);
  const agent = useConnection((view) => view.principal?.displayName ?? null);
  const letterhead = useQueryData('document.get-letterhead', {});
  const firm = letterhead.value?.name ?? null;
  const waits = firmWaits(firm, veil);
  const isUnset = letterhead.state === 'ready' && !firm;
  const nameOnly = waits || isUnset;
  return (
    <section className={styles.say} aria-label={t('card.say')}>
      <MessageSquareQuote size={16} aria-hidden="true" />
      <strong>{t('card.say')}</strong>
      <ol className={styles.list}>
        {lines.map((line) => {
          const words =
            line.wording === null
              ? null
              : wordingOf(
                  nameOnly && line.wording === 'callerIdentity' ? 'callerName' : line.wording,
                  language,
                  { agent, firm },
                );
          return (
            <li key={`${line.kind} ${line.key}`} data-kind={line.kind}>
              {line.kind === 'avoid' ? <Ban size={13} aria-hidden="true" /> : null}
              {line.kind === 'avoid'
                ? t('say.avoid', { what: t(line.key, { defaultValue: t('say.other') }) })
                : t(line.key, { defaultValue: t('say.other') })}
              {words === null ? null : (
                <q className={styles.words} lang={language}>
                  {words}
                </q>
              )}
            </li>
          );
        })}
        {nameOnly ? (
          <li className={styles.later}>{t(waits ? 'say.firm-waits' : 'say.firm-unset')}</li>
        ) : null}
        {veil === 'unknown' && hasMoreAfter(obligations) ? (
          <li className={styles.later}>{t('say.more-after')}</li>
        ) : null}
      </ol>
      <Why lines={lines} />
    </section>
  );
}

/** Which rule of which pack asks for it. */
function Why({ lines }: { lines: readonly SayLine[] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const asked = lines.filter(({ rules }) => rules.length > 0);
  if (asked.length === 0) return null;
  return (
    <Popover
      align="end"
      title={t('say.why')}
      open={open}
      onOpenChange={setOpen}
      trigger={<IconButton label={t('say.why')} icon={<Info size={14} aria-hidden="true" />} />}
    >
      <dl className={styles.why}>
        {asked.map((line) => (
          <div key={`${line.kind} ${line.key}`}>
            <dt>{t(line.key, { defaultValue: t('say.other') })}</dt>
            {line.rules.map(({ rule, pack }) => (
              <dd key={`${pack} ${rule}`}>
                <code>{rule}</code> · {packName(pack, t)}
              </dd>
            ))}
          </div>
        ))}
      </dl>
    </Popover>
  );
}
