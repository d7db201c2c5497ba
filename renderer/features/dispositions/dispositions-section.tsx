import { ArrowDown, ArrowUp, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DispositionCode } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { toHash, useQuery } from '../../app/router.ts';
import { useConnection, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Badge, EmptyState, IconButton, Panel } from '../../components/index.ts';
import { Kbd } from '../../components/kbd.tsx';
import { LinkButton } from '../../components/link-button.tsx';
import { RowTitle } from '../../components/row-title.tsx';
import { moved } from '../campaigns/moved.ts';
import { Loaded } from '../rules/loaded.tsx';
import { DispositionForm } from './disposition-form.tsx';
import { dispositionName, nextWords } from './disposition-words.ts';
import styles from './dispositions-section.module.css';

/** The outcomes that end a conversation: their order in wrap-up, their keys, and what each does next. */
export function DispositionsSection() {
  const { t } = useTranslation();
  const { client } = useServices();
  const mayEdit = useConnection((view) => view.principal?.role === 'admin');
  const [chosen, choose] = useQuery('outcome');
  const data = useQueryData('disposition.list', {});
  const { reload } = data;
  useEffect(() => client.on('disposition.changed', reload), [client, reload]);
  const order = useCommand('disposition.reorder');
  const move = async (
    list: readonly DispositionCode[],
    index: number,
    by: -1 | 1,
  ): Promise<void> => {
    const next = moved(list, index, by).map((one) => one.dispositionCodeId);
    if ((await order.run({ order: next })) === null) return;
    announce(t('outcomes.moved', { place: index + by + 1 }));
    reload();
  };
  const add = mayEdit ? (
    <LinkButton
      href={toHash('/settings', { section: 'dispositions', outcome: 'new' })}
      icon={<Plus size={14} aria-hidden="true" />}
    >
      {t('outcomes.add')}
    </LinkButton>
  ) : null;
  return (
    <Loaded data={data} lines={8}>
      {({ dispositions }) => {
        const one = dispositions.find((item) => item.dispositionCodeId === chosen) ?? null;
        if (mayEdit && (chosen === 'new' || one !== null)) {
          return (
            <DispositionForm
              key={chosen}
              one={one}
              all={dispositions}
              onClose={() => choose('')}
              onSaved={() => {
                reload();
                choose('');
              }}
            />
          );
        }
        return (
          <Panel title={t('outcomes.title')} flush actions={add}>
            <p className={styles.intro}>{t('outcomes.text')}</p>
            {dispositions.length === 0 ? (
              <EmptyState title={t('outcomes.none')} />
            ) : (
              <ol className={styles.list}>
                {dispositions.map((item, index) => (
                  <li key={item.dispositionCodeId} className={styles.row}>
                    <span className={styles.key}>
                      {item.key ? <Kbd binding={item.key} /> : null}
                    </span>
                    <RowTitle
                      name={dispositionName(item, t)}
                      href={
                        mayEdit
                          ? toHash('/settings', {
                              section: 'dispositions',
                              outcome: item.dispositionCodeId,
                            })
                          : undefined
                      }
                      off={!item.active}
                      badge={item.active ? null : <Badge>{t('outcomes.off')}</Badge>}
                      note={nextWords(item, t)}
                    />
                    <span className={styles.used}>{t('outcomes.used', { count: item.used })}</span>
                    {mayEdit ? (
                      <span className={styles.tools}>
                        <IconButton
                          label={t('strategy.up', { name: dispositionName(item, t) })}
                          icon={<ArrowUp size={14} aria-hidden="true" />}
                          disabled={index === 0 || order.busy}
                          onClick={() => void move(dispositions, index, -1)}
                        />
                        <IconButton
                          label={t('strategy.down', { name: dispositionName(item, t) })}
                          icon={<ArrowDown size={14} aria-hidden="true" />}
                          disabled={index === dispositions.length - 1 || order.busy}
                          onClick={() => void move(dispositions, index, 1)}
                        />
                      </span>
                    ) : null}
                  </li>
                ))}
              </ol>
            )}
          </Panel>
        );
      }}
    </Loaded>
  );
}
