import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PackRow } from '#shared/contract/index.ts';
import { contactChannels, type RulePack } from '#shared/rule-packs/index.ts';
import { useQuery } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Badge,
  Button,
  Confirm,
  DateOnly,
  EmptyState,
  Panel,
  Select,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { Loaded } from './loaded.tsx';
import styles from './pack-page.module.css';
import { PackMarks, PackStatus } from './pack-status.tsx';
import { packTitle } from './pack-title.ts';
import { placeName } from './place-name.ts';
import { ReviewSheet } from './review-sheet.tsx';
import { RuleCard } from './rule-card.tsx';
import { confidenceOf, filterRules, ruleKinds } from './rule-filter.ts';
import { word } from './rule-words.ts';
import { RulesPage } from './rules-page.tsx';
import { useRulesQuery } from './use-rules-query.ts';
import { useWords } from './use-words.ts';

/** One pack: who stands behind it, every rule as a sentence, and the sources they come from. */
export function PackPage({ parameters }: { parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const words = useWords();
  const [version] = useQuery('version');
  const data = useRulesQuery('rules.get-pack', {
    packId: parameters.packId ?? '',
    ...(version ? { version } : {}),
  });
  return (
    <RulesPage
      section="packs"
      title={data.value ? packTitle(data.value.row, words) : t('rule-pages.pack')}
    >
      <Loaded data={data} lines={12}>
        {({ pack, row }) => (
          <>
            <Standing row={row} />
            <div className={styles.columns}>
              <Rules pack={pack} />
              <div className={styles.side}>
                <Facts pack={pack} row={row} />
                <Sources pack={pack} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </RulesPage>
  );
}

/** Whether it may be relied on, and the way for an administrator to say who has read it. */
function Standing({ row }: { row: PackRow }) {
  const { t } = useTranslation();
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const [recording, setRecording] = useState(false);
  const [revoking, setRevoking] = useState(false);
  const revoke = useCommand('rules.revoke-review');
  const approved = row.status === 'counsel-approved';
  if (row.own) {
    // no review makes the firm's own rules stand for a place: they only come on top
    return (
      <Notice tone="neutral" title={t('rule-own.never-edited')}>
        {t('rule-own.never-edited-text')}
      </Notice>
    );
  }
  if (row.practice || row.fallback) {
    return (
      <Notice
        tone="neutral"
        title={t(row.practice ? 'rule-pages.practice-title' : 'rule-pages.base-title')}
      >
        {t(row.practice ? 'rule-pages.practice-text' : 'rule-pages.base-text')}
      </Notice>
    );
  }
  return (
    <>
      <Notice
        tone={approved ? 'talk' : row.status === 'draft' ? 'wait' : 'stop'}
        title={t(`rule-pages.standing-${row.status}`, { name: row.reviewer ?? '' })}
        action={
          admin ? (
            approved ? (
              <Button disabled={revoke.busy} onClick={() => setRevoking(true)}>
                {t('rule-pages.revoke')}
              </Button>
            ) : (
              <Button look="primary" onClick={() => setRecording(true)}>
                {t('rule-pages.record-review')}
              </Button>
            )
          ) : null
        }
      >
        {t(`rule-pages.standing-text-${row.status}`)}
      </Notice>
      <ReviewSheet row={row} open={recording} onClose={() => setRecording(false)} />
      <Confirm
        open={revoking}
        destructive
        title={t('rule-pages.revoke-question')}
        text={t('rule-pages.revoke-text')}
        action={t('rule-pages.revoke')}
        onConfirm={() => {
          setRevoking(false);
          void revoke.run({ packId: row.packId, version: row.version });
        }}
        onCancel={() => setRevoking(false)}
      />
    </>
  );
}

function Rules({ pack }: { pack: RulePack }) {
  const { t } = useTranslation();
  const words = useWords();
  const [kind, setKind] = useQuery('kind');
  const [channel, setChannel] = useQuery('channel');
  const rules = filterRules(pack.rules, kind, channel);
  const present = new Set<string>(pack.rules.map((rule) => rule.kind));
  return (
    <Panel
      title={t('rule-pages.rules-of', { count: rules.length })}
      flush
      actions={
        <>
          <Select
            label={t('rule-pages.kind')}
            className={styles.filter}
            value={kind || 'all'}
            onChange={(next) => setKind(next === 'all' ? '' : next)}
            options={[
              { value: 'all', label: t('rule-pages.all-kinds') },
              ...ruleKinds
                .filter((one) => present.has(one))
                .map((value) => ({ value: value as string, label: t(`rule-kind.${value}`) })),
            ]}
          />
          <Select
            label={t('rule-pages.channel')}
            className={styles.filter}
            value={channel || 'all'}
            onChange={(next) => setChannel(next === 'all' ? '' : next)}
            options={[
              { value: 'all', label: t('rule-pages.every-channel') },
              ...contactChannels.map((value) => ({
                value: value as string,
                label: word(words, 'channel', value),
              })),
            ]}
          />
        </>
      }
    >
      {rules.length === 0 ? (
        <EmptyState title={t('common.nothing-found')} text={t('rule-pages.no-rules-text')} />
      ) : (
        rules.map((rule) => (
          <RuleCard key={rule.id} rule={rule} confidence={confidenceOf(rule, pack)} />
        ))
      )}
    </Panel>
  );
}

function Facts({ pack, row }: { pack: RulePack; row: PackRow }) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <Panel title={t('rule-pages.about')}>
      <dl className={styles.facts}>
        <Fact name={t('rule-pages.status')}>
          <PackStatus status={row.status} /> <PackMarks row={row} />
        </Fact>
        <Fact name={t('rule-pages.place')}>{placeName(pack.jurisdiction, words)}</Fact>
        <Fact name={t('rule-pages.version')}>
          {t('rule-pack.version', { id: row.packId, version: row.version })}
        </Fact>
        <Fact name={t('rule-pages.in-force-from')}>
          <DateOnly date={pack.effectiveFrom} />
          {pack.effectiveTo ? (
            <>
              {' – '}
              <DateOnly date={pack.effectiveTo} />
            </>
          ) : null}
        </Fact>
        <Fact name={t('rule-pages.binds')}>
          {pack.actors.map((actor) => t(`rule-actor.${actor}`)).join(', ')}
        </Fact>
        {pack.creditors ? (
          <Fact name={t('rule-pages.creditors')}>{pack.creditors.join(', ')}</Fact>
        ) : null}
        <Fact name={t('rule-pages.clock')}>
          {t(`rule-detail.zone-${pack.zoneBasis ?? 'allKnown'}`, { zone: pack.fixedZone ?? '' })}
        </Fact>
        {row.reviewer ? (
          <Fact name={t('rule-pages.reviewed-by')}>
            {row.reviewer}
            {row.reviewedOn ? (
              <>
                {' · '}
                <DateOnly date={row.reviewedOn} />
              </>
            ) : null}
          </Fact>
        ) : null}
      </dl>
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

function Sources({ pack }: { pack: RulePack }) {
  const { t } = useTranslation();
  if (pack.sources.length === 0) return null;
  const letters = [...new Set(pack.sources.map((source) => source.confidence))].toSorted();
  return (
    <Panel title={t('rule-pages.sources')}>
      <ul className={styles.sources}>
        {pack.sources.map((source) => (
          <li key={`${source.ref} ${source.law}`} className={styles.source}>
            <Badge tone={source.confidence === 'A' ? 'talk' : 'neutral'}>{source.confidence}</Badge>
            <span>
              {source.law}
              <span className={styles.faint}>
                {t('rule-pages.read-on')} <DateOnly date={source.readOn} />
              </span>
            </span>
          </li>
        ))}
      </ul>
      <dl className={styles.letters}>
        {letters.map((letter) => (
          <div key={letter}>
            <dt>{letter}</dt>
            <dd>{t(`rule-confidence.${letter}`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
