import { CircleCheck } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContactOverride } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useKeys } from '../../app/keys/use-keys.ts';
import { useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { EmptyState, Panel, Select, StatusDot, type Tone, When } from '../../components/index.ts';
import { ExceptionDetail } from './exception-detail.tsx';
import styles from './exceptions-page.module.css';
import { Loaded } from './loaded.tsx';
import { channelWord, reasonLine } from './reason-text.ts';
import { RulesPage } from './rules-page.tsx';
import { useWords } from './use-words.ts';

const states = ['requested', 'granted', 'used', 'refused', 'withdrawn'] as const;
export const overrideTones: Record<ContactOverride['state'], Tone> = {
  requested: 'wait',
  granted: 'accent',
  used: 'talk',
  refused: 'stop',
  withdrawn: 'neutral',
};

/** Agents ask for a contact that rules refuse; a lead reads why and decides. What was decided stays to be read. */
export function ExceptionsPage() {
  const { t } = useTranslation();
  const [written, setState] = useQuery('state', 'requested');
  const state = states.find((one) => one === written) ?? 'requested';
  return (
    <RulesPage
      section="exceptions"
      fill
      actions={
        <Select
          label={t('rule-pages.show')}
          className={styles.state}
          value={state}
          onChange={setState}
          options={states.map((value) => ({ value, label: t(`rule-override.${value}`) }))}
        />
      }
    >
      <Queue key={state} state={state} />
    </RulesPage>
  );
}

function Queue({ state }: { state: ContactOverride['state'] }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('contact.list-overrides', { state, limit: 200 });
  const { reload } = data;
  const [chosenId, setChosenId] = useState('');
  useEffect(() => client.on('contact.override-changed', reload), [client, reload]);
  const items = data.value?.overrides ?? [];
  const index = Math.max(
    0,
    items.findIndex((item) => item.overrideId === chosenId),
  );
  const move = (by: number): void => {
    const next = items[Math.min(items.length - 1, Math.max(0, index + by))];
    if (next) setChosenId(next.overrideId);
  };
  const down = (): void => move(1);
  const up = (): void => move(-1);
  useKeys({ J: down, K: up });
  const done = (text: string): void => {
    const next = items[index + 1] ?? items[index - 1];
    setChosenId(next?.overrideId ?? '');
    announce(text);
    reload();
  };
  return (
    <Loaded data={data}>
      {({ overrides }) => {
        const chosen = overrides[index] ?? null;
        if (chosen === null) {
          return (
            <Panel title={t('rule-pages.exceptions')} hideTitle>
              <EmptyState
                icon={<CircleCheck size={24} aria-hidden="true" />}
                title={t(state === 'requested' ? 'rule-pages.no-requests' : 'common.nothing-found')}
                text={state === 'requested' ? t('rule-pages.no-requests-text') : ''}
              />
            </Panel>
          );
        }
        return (
          <div className={styles.columns}>
            <Panel
              title={
                state === 'requested'
                  ? t('rule-pages.requests', { count: overrides.length })
                  : t(`rule-override.${state}`)
              }
              flush
              className={styles.panel}
            >
              <ul className={styles.list}>
                {overrides.map((item) => (
                  <li key={item.overrideId}>
                    <Item
                      item={item}
                      current={item === chosen}
                      onChoose={() => setChosenId(item.overrideId)}
                    />
                  </li>
                ))}
              </ul>
            </Panel>
            <ExceptionDetail key={chosen.overrideId} item={chosen} onDone={done} onGone={reload} />
          </div>
        );
      }}
    </Loaded>
  );
}

function Item({
  item,
  current,
  onChoose,
}: {
  item: ContactOverride;
  current: boolean;
  onChoose: () => void;
}) {
  const { t } = useTranslation();
  const words = useWords();
  return (
    <button type="button" className={styles.item} aria-current={current} onClick={onChoose}>
      <span className={styles.line}>
        <span className={styles.name}>{item.displayName}</span>
        <span className={styles.faint}>
          <When at={item.requestedAt} />
        </span>
      </span>
      <span className={styles.line}>
        <span className={styles.faint}>
          {channelWord(item.channel, words)} ·{' '}
          {item.requestedByName ?? item.decidedByName ?? t('rule-pages.somebody')}
        </span>
        {item.state === 'requested' ? null : (
          <StatusDot tone={overrideTones[item.state]} label={t(`rule-override.${item.state}`)} />
        )}
      </span>
      <span className={styles.reason}>{reasonLine(item.blockedBy, words)}</span>
    </button>
  );
}
