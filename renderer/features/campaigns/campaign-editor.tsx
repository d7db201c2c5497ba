import { type ComponentType, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toHash, useRoute } from '../../app/router.ts';
import { classNames } from '../../components/index.ts';
import styles from './campaign-editor.module.css';
import { DryRunPart } from './dry-run-part.tsx';
import { type EditorPart, editorParts } from './editor-parts.ts';
import { BasicsPart } from './part-basics.tsx';
import { CallerIdsPart } from './part-caller-ids.tsx';
import { DialingPart } from './part-dialing.tsx';
import { LookupPart } from './part-lookup.tsx';
import { NumbersPart } from './part-numbers.tsx';
import { OutcomesPart } from './part-outcomes.tsx';
import type { PartProps } from './part-props.ts';
import { ScriptPart } from './part-script.tsx';
import { SilencePart } from './part-silence.tsx';
import { StrategyPart } from './part-strategy.tsx';

const contents: Record<EditorPart, ComponentType<PartProps>> = {
  basics: BasicsPart,
  dialing: DialingPart,
  strategy: StrategyPart,
  numbers: NumbersPart,
  callerIds: CallerIdsPart,
  lookup: LookupPart,
  silence: SilencePart,
  outcomes: OutcomesPart,
  script: ScriptPart,
};
const titleKeys: Record<EditorPart | 'dryRun', string> = {
  basics: 'campaign-part.basics',
  dialing: 'campaign-part.dialing',
  strategy: 'campaign-part.strategy',
  numbers: 'campaign-part.numbers',
  callerIds: 'campaign-part.caller-ids',
  lookup: 'campaign-part.lookup',
  silence: 'campaign-part.silence',
  outcomes: 'campaign-part.outcomes',
  script: 'campaign-part.script',
  dryRun: 'campaign-part.dry-run',
};

/**
 * Everything about a campaign that a person decides: its parts at the left, one of them open. The part is in the address;
 * what is typed in the others stays.
 */
export function CampaignEditor({
  changed,
  ...props
}: Omit<PartProps, 'set'> & {
  /** parts with changes that are not saved */
  changed: readonly EditorPart[];
}) {
  const { t } = useTranslation();
  const { path, query } = useRoute();
  const content = useRef<HTMLDivElement>(null);
  const parts: readonly (EditorPart | 'dryRun')[] =
    props.campaignId === null ? editorParts : [...editorParts, 'dryRun'];
  const current = parts.find((one) => one === query.part) ?? 'basics';
  const set: PartProps['set'] = (part) =>
    props.onChange({ ...props.form, settings: { ...props.form.settings, ...part } });
  const Content = current === 'dryRun' ? null : contents[current];
  return (
    <div className={styles.editor}>
      <nav className={styles.parts} aria-label={t('campaign-part.parts')}>
        <ul>
          {parts.map((part) => {
            const isChanged = part !== 'dryRun' && changed.includes(part);
            return (
              <li key={part} className={classNames(part === 'dryRun' && styles.apart)}>
                <a
                  className={styles.part}
                  href={toHash(path, { ...query, part: part === 'basics' ? '' : part })}
                  aria-current={part === current ? 'page' : undefined}
                  onClick={() => content.current?.scrollIntoView({ block: 'nearest' })}
                >
                  {t(titleKeys[part])}
                  {isChanged ? (
                    <span className={styles.changed}>
                      <span aria-hidden="true">●</span>
                      <span className="visually-hidden">{t('campaign-part.changed')}</span>
                    </span>
                  ) : null}
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <div ref={content} className={styles.content}>
        <h2 className="visually-hidden">{t(titleKeys[current])}</h2>
        {Content === null ? (
          props.campaignId === null ? null : (
            <DryRunPart campaignId={props.campaignId} unsaved={changed.length > 0} />
          )
        ) : (
          <Content {...props} set={set} />
        )}
      </div>
    </div>
  );
}
