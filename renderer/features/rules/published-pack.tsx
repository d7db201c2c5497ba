import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnPackContent } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { navigate } from '../../app/router.ts';
import { useConnection } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import {
  Button,
  Field,
  Panel,
  SideSheet,
  StatusDot,
  TextArea,
  toast,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { ownTones } from './own-packs-page.tsx';
import { readRule, rulesOf } from './pack-draft.ts';
import sheet from './review-sheet.module.css';
import { RuleCard } from './rule-card.tsx';
import { RulesPage } from './rules-page.tsx';

/** A version that was published, or a draft for those who do not write it: read only, and the way to the next one. */
export function PublishedPack({
  content: { row, pack },
  onChanged,
}: {
  content: OwnPackContent;
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const [retiring, setRetiring] = useState(false);
  const start = useCommand('rules.start-draft');
  const rules = rulesOf(pack).flatMap((one) => readRule(one) ?? []);
  const change = async (): Promise<void> => {
    const started = await start.run({ packId: row.packId });
    if (started) navigate(`/rules/own/${started.row.ownPackId}`);
  };
  const next = row.state === 'inForce' || row.state === 'retired';
  return (
    <RulesPage
      section="own"
      title={row.title}
      actions={
        admin && row.state !== 'draft' ? (
          <>
            {row.state === 'inForce' ? (
              <Button onClick={() => setRetiring(true)}>{t('rule-own.retire')}</Button>
            ) : null}
            {next ? (
              <Button look="primary" disabled={start.busy} onClick={() => void change()}>
                {t('rule-own.change')}
              </Button>
            ) : null}
          </>
        ) : null
      }
    >
      {row.state === 'draft' ? (
        <Notice tone="wait" title={t('rule-own.draft-of-admin')}>
          {t('rule-pages.admin-changes')}
        </Notice>
      ) : (
        <Notice tone="neutral" title={t('rule-own.never-edited')}>
          {t('rule-own.never-edited-text')}
        </Notice>
      )}
      <Panel
        title={t('rule-pages.rules-of', { count: rules.length })}
        flush
        actions={
          <>
            <span>{t('rule-own.version', { version: row.version })}</span>
            <StatusDot tone={ownTones[row.state]} label={t(`rule-own.state-${row.state}`)} />
          </>
        }
      >
        {rules.map((rule) => (
          <RuleCard key={rule.id} rule={rule} />
        ))}
      </Panel>
      <SideSheet
        open={retiring}
        onClose={() => setRetiring(false)}
        title={t('rule-own.retire')}
        focusFirst
      >
        <Retire
          packId={row.packId}
          onDone={() => {
            setRetiring(false);
            onChanged();
          }}
        />
      </SideSheet>
    </RulesPage>
  );
}

function Retire({ packId, onDone }: { packId: string; onDone: () => void }) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('rules.retire-pack');
  const short = reason.trim().length < 3;
  const retire = async (): Promise<void> => {
    setTried(true);
    if (short || busy || (await run({ packId, reason: reason.trim() })) === null) return;
    toast('done', t('rule-own.was-retired'));
    announce(t('rule-own.was-retired'));
    onDone();
  };
  return (
    <form
      className={sheet.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void retire();
      }}
    >
      <p>{t('rule-own.retire-text')}</p>
      <Field label={t('bulk.reason')} error={tried && short ? t('rule-own.need-reason') : null}>
        <TextArea
          data-first
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" look="stop" disabled={busy}>
        {t('rule-own.retire')}
      </Button>
    </form>
  );
}
