import { PhoneForwarded, Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Trunk, TrunkState } from '#shared/contract/index.ts';
import type { StoreKind } from '#shared/domain/index.ts';
import { formatTime } from '../../app/format/index.ts';
import { toHash } from '../../app/router.ts';
import { Badge, EmptyState, Panel, StatusDot, type Tone } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { RowTitle } from '../../components/row-title.tsx';
import styles from './trunk-list.module.css';

const tones: Record<TrunkState, Tone> = {
  disabled: 'neutral',
  connecting: 'wait',
  registered: 'accent',
  reachable: 'accent',
  refused: 'stop',
  unreachable: 'stop',
};

/** Every trunk with its state, its numbers, and what went wrong last. */
export function TrunkList({
  trunks,
  mayEdit,
  storeKind,
}: {
  trunks: readonly Trunk[];
  mayEdit: boolean;
  storeKind: StoreKind;
}) {
  const { t } = useTranslation();
  const add = (
    <LinkButton
      look={trunks.length === 0 ? 'primary' : 'plain'}
      href={toHash('/settings', { section: 'trunks', trunk: 'new' })}
      icon={<Plus size={14} aria-hidden="true" />}
    >
      {t('trunk.add')}
    </LinkButton>
  );
  const mayAdd = mayEdit && storeKind === 'real';
  return (
    <Panel title={t('settings.trunks')} flush actions={mayAdd && trunks.length > 0 ? add : null}>
      {trunks.length === 0 ? (
        <EmptyState
          icon={<PhoneForwarded size={24} aria-hidden="true" />}
          title={t('trunk.empty')}
          text={t('trunk.empty-text')}
          action={mayAdd ? add : null}
        />
      ) : (
        <ul>
          {trunks.map((trunk) => (
            <Item key={trunk.trunkId} trunk={trunk} mayEdit={mayEdit} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Item({ trunk, mayEdit }: { trunk: Trunk; mayEdit: boolean }) {
  const { t } = useTranslation();
  const { settings } = trunk;
  return (
    <li className={styles.item}>
      <RowTitle
        name={settings.name}
        href={
          mayEdit ? toHash('/settings', { section: 'trunks', trunk: trunk.trunkId }) : undefined
        }
        badge={trunk.practice ? <Badge tone="accent">{t('practice.title')}</Badge> : null}
        note={[
          `${settings.host}:${settings.port}`,
          t('trunk.number-count', { count: trunk.callerIds.length }),
          t('trunk.lines', { up: trunk.callsUp, count: settings.maxConcurrentCalls }),
        ].join(' · ')}
      />
      <div className={styles.state}>
        <StatusDot tone={tones[trunk.state]} label={t(`trunk-state.${trunk.state}`)} />
        <LastFailure trunk={trunk} />
      </div>
    </li>
  );
}

function LastFailure({ trunk }: { trunk: Trunk }) {
  const { t, i18n } = useTranslation();
  const failure = trunk.lastFailure;
  if (failure === null || trunk.state === 'registered' || trunk.state === 'reachable') return null;
  return (
    <span className={styles.faint}>
      {t(`finding.${failure.code}.what`, { defaultValue: `${failure.code} ${failure.message}` })}
      {failure.retryAt === null
        ? ''
        : ` · ${t('trunk.retry-at', { time: formatTime(failure.retryAt, i18n.language) })}`}
    </span>
  );
}
