import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, ContactAnswer } from '#shared/contract/index.ts';
import { toHash } from '../../app/router.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, Button, DateTime, Panel, Phone } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { DecisionAnswer } from './decision-answer.tsx';
import styles from './decision-page.module.css';
import { Loaded } from './loaded.tsx';
import { channelWord, countText, reasonText } from './reason-text.ts';
import { word } from './rule-words.ts';
import { RulesPage } from './rules-page.tsx';
import { useWords } from './use-words.ts';

type Replay = CommandOutput<'rules.replay-decision'>;

/** One answer of the door with everything it rested on, and the same question answered again from its old facts. */
export function DecisionPage({ parameters }: { parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const data = useQueryData('rules.replay-decision', {
    decisionId: (parameters.decisionId ?? '') as never,
  });
  const debtorId = data.value?.decision.debtorId ?? null;
  return (
    <RulesPage
      section="decisions"
      title={t('rule-pages.decision')}
      actions={
        <>
          {debtorId ? (
            <>
              <LinkButton look="quiet" href={toHash('/rules/decisions', { debtor: debtorId })}>
                {t('rule-pages.their-decisions')}
              </LinkButton>
              <LinkButton look="quiet" href={toHash(`/debtor/${debtorId}`)}>
                {t('write-offs.open-debtor')}
              </LinkButton>
            </>
          ) : null}
          <Button
            icon={<RotateCcw size={14} aria-hidden="true" />}
            disabled={data.state === 'loading'}
            onClick={data.reload}
          >
            {t('rule-pages.answer-again')}
          </Button>
        </>
      }
    >
      <Loaded data={data} lines={10}>
        {(replay) => <Decision replay={replay} />}
      </Loaded>
    </RulesPage>
  );
}

function Decision({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const words = useWords();
  const { decision, answer } = replay;
  return (
    <>
      <Replayed replay={replay} />
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Panel title={t('rule-pages.question')}>
            <dl className={styles.facts}>
              <Fact name={t('rule-pages.answer')}>
                <DecisionAnswer row={decision} />
              </Fact>
              <Fact name={t('rule-pages.at')}>
                <DateTime at={decision.at} />
              </Fact>
              <Fact name={t('nav.debtor')}>{decision.displayName ?? '–'}</Fact>
              <Fact name={t('rule-pages.channel')}>{channelWord(decision.channel, words)}</Fact>
              <Fact name={t('rule-pages.mode')}>{word(words, 'mode', decision.mode)}</Fact>
              <Fact name={t('rule-pages.number')}>
                {decision.number ? <Phone number={decision.number} /> : '–'}
              </Fact>
              <Fact name={t('rule-pages.asked-by')}>
                {replay.personName ?? t('rule-pages.dialer')}
              </Fact>
              {decision.overrideReason === null ? null : (
                <Fact name={t('rule-pages.exception-by')}>
                  {[decision.overriddenByName, decision.overrideReason].filter(Boolean).join(': ')}
                </Fact>
              )}
            </dl>
          </Panel>
          <Refusals replay={replay} />
        </div>
        <div className={styles.stack}>
          {answer ? <Zones answer={answer} /> : null}
          <Panel title={t('rule-pages.packs-then')}>
            <ul className={styles.packs}>
              {(answer?.packs ?? decision.packs.map((pack) => ({ ...pack, title: pack.id }))).map(
                (pack) => (
                  <li key={`${pack.id} ${pack.version}`}>
                    <a
                      href={toHash(`/rules/packs/${pack.id}`, { version: pack.version })}
                      className={styles.link}
                    >
                      {'own' in pack && pack.own
                        ? pack.title
                        : t(`rule-pack.name.${pack.id}`, { defaultValue: pack.title })}
                    </a>
                    <span className={styles.faint}>
                      {t('rule-pack.version', { id: pack.id, version: pack.version })}
                    </span>
                  </li>
                ),
              )}
            </ul>
          </Panel>
        </div>
      </div>
    </>
  );
}

/** What the same question, with the same facts and packs, is answered now. */
function Replayed({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  if (replay.same === null) {
    return (
      <Notice tone="neutral" live title={t('rule-pages.replay-gone')}>
        {t('rule-pages.replay-gone-text')}
      </Notice>
    );
  }
  return replay.same ? (
    <Notice tone="talk" live title={t('rule-pages.replay-same')}>
      {t('rule-pages.replay-same-text')}
    </Notice>
  ) : (
    <Notice tone="stop" live title={t('rule-pages.replay-different')}>
      {t('rule-pages.replay-different-text')}
    </Notice>
  );
}

function Refusals({ replay }: { replay: Replay }) {
  const { t } = useTranslation();
  const words = useWords();
  const { decision, answer } = replay;
  if (decision.blockedBy.length === 0) {
    return (
      <Panel title={t('rule-pages.refused-by')}>
        <p className={styles.faint}>{t('rule-pages.nothing-refused')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('rule-pages.refused-by')} flush>
      <ul>
        {decision.blockedBy.map((refusal) => {
          const full = answer?.blockedBy.find(
            (one) => one.rule === refusal.rule && one.pack === refusal.pack,
          );
          return (
            <li key={`${refusal.pack} ${refusal.rule}`} className={styles.refusal}>
              <span className={styles.reason}>
                {reasonText(refusal, words)}
                {full ? <span className={styles.faint}>{countText(full, words)}</span> : null}
              </span>
              <span className={styles.faint}>
                <a href={toHash(`/rules/packs/${refusal.pack}`)}>
                  {refusal.rule} · {full?.packTitle ?? refusal.pack}
                </a>
                {full
                  ? ` · ${t(`rule-basis.${full.basis}`, { defaultValue: full.basis })} · ${full.source}`
                  : ''}
              </span>
              <span className={styles.faint}>
                {refusal.until === null ? (
                  t('rule-pages.until-fact')
                ) : (
                  <>
                    {t('rule-pages.until')} <DateTime at={refusal.until} />
                  </>
                )}
                {full?.overridable ? ` · ${t('rule-severity.denyUnlessOverride')}` : ''}
              </span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Zones({ answer }: { answer: ContactAnswer }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('rule-pages.zones')}>
      {answer.zones.length === 0 ? (
        <p className={styles.faint}>{t('rules.because.zone-unknown')}</p>
      ) : (
        <ul className={styles.packs}>
          {answer.zones.map((zone) => (
            <li key={`${zone.timeZone} ${zone.evidence} ${zone.of}`}>
              <span>{zone.timeZone.replaceAll('_', ' ')}</span>
              <span className={styles.faint}>
                {t(`rule-evidence.${zone.evidence}`)}
                {zone.of ? `: ${zone.of}` : ''}
              </span>
            </li>
          ))}
        </ul>
      )}
      {answer.obligations.length > 0 ? (
        <p className={styles.duties}>
          {answer.obligations.map((duty) => (
            <Badge key={`${duty.rule} ${duty.what} ${duty.element}`}>{duty.rule}</Badge>
          ))}
          <span className={styles.faint}>{t('rule-pages.duties')}</span>
        </p>
      ) : null}
    </Panel>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
