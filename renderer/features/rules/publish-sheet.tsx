import { useTranslation } from 'react-i18next';
import type { OwnPackRow } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { navigate } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, Button, SideSheet, type Tone, toast } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './draft-editor.module.css';
import { type PackChanges, packChanges, readRule } from './pack-draft.ts';
import { describeRule } from './rule-sentence.ts';
import type { KeptDraft } from './use-kept-draft.ts';
import { useWords } from './use-words.ts';

const tones: Record<keyof PackChanges, Tone> = {
  added: 'talk',
  changed: 'wait',
  removed: 'stop',
};

/** What publishing changes, rule by rule, and the step itself. */
export function PublishSheet({
  open,
  draft,
  row,
  onClose,
}: {
  open: boolean;
  draft: KeptDraft;
  row: OwnPackRow;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { run, busy } = useCommand('rules.publish-draft');
  const publish = async (): Promise<void> => {
    if (!(await draft.flush())) return;
    const published = await run({ ownPackId: row.ownPackId });
    if (published === null) return;
    toast('done', t('rule-own.was-published'));
    announce(t('rule-own.was-published'));
    navigate('/rules/own');
  };
  const wrong = draft.problems.length > 0;
  return (
    <SideSheet
      open={open}
      onClose={onClose}
      title={t('rule-own.publish')}
      footer={
        <Button
          look="primary"
          disabled={busy || wrong || draft.state !== 'kept'}
          onClick={() => void publish()}
        >
          {t('rule-own.publish-now')}
        </Button>
      }
    >
      <div className={styles.stack}>
        {wrong ? (
          <Notice tone="stop" title={t('rule-own.problems', { count: draft.problems.length })}>
            {t('rule-own.problems-first')}
          </Notice>
        ) : (
          <Notice tone="accent" title={t('rule-own.from-now')}>
            {t('rule-own.from-now-text')}
          </Notice>
        )}
        <Changes draft={draft} row={row} />
        <p className={styles.faint}>{t('rule-own.never-edited-text')}</p>
      </div>
    </SideSheet>
  );
}

function Changes({ draft, row }: { draft: KeptDraft; row: OwnPackRow }) {
  const words = useWords();
  const { t } = words;
  const packs = useQueryData('rules.list-own-packs', {}).value?.packs ?? [];
  const inForce = packs.find((one) => one.packId === row.packId && one.state === 'inForce');
  const before = useQueryData(
    'rules.get-own-pack',
    inForce ? { ownPackId: inForce.ownPackId } : null,
  ).value;
  const changes = packChanges(before?.pack ?? null, draft.pack);
  const lines = (['added', 'changed', 'removed'] as const).flatMap((what) =>
    changes[what].map((rule) => ({ what, rule })),
  );
  if (lines.length === 0) return <p>{t('rule-own.no-changes')}</p>;
  return (
    <ul className={styles.changes}>
      {lines.map(({ what, rule }) => {
        const read = readRule(rule);
        return (
          <li key={`${what} ${String(rule.id)}`} className={styles.change}>
            <span>
              <Badge tone={tones[what]}>{t(`rule-own.${what}`)}</Badge> {String(rule.id)}
            </span>
            <span>{read ? describeRule(read, words).sentence : t('rule-editor.not-yet')}</span>
          </li>
        );
      })}
    </ul>
  );
}
