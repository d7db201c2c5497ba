import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RulesSettings } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { useConnection, useDraft, useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { FormSection, SectionForm } from '../../components/form-section.tsx';
import {
  Button,
  Field,
  IconButton,
  Input,
  Menu,
  NumberField,
  Panel,
  toast,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import { Loaded } from './loaded.tsx';
import { placeName } from './place-name.ts';
import { word } from './rule-words.ts';
import { RulesPage } from './rules-page.tsx';
import {
  type Check,
  notAsked,
  type Party,
  readPlace,
  withAsked,
  withFittingNeed,
  withMoved,
} from './settings-draft.ts';
import styles from './settings-page.module.css';
import { useRulesQuery } from './use-rules-query.ts';
import { useWords } from './use-words.ts';

const actors = ['creditor', 'collector', 'debtBuyer', 'servicer'] as const;

/** What the packs need to know of us: where we call from, what we are, and how we learn who is on the line. */
export function SettingsPage() {
  const data = useRulesQuery('rules.get-settings', {});
  return (
    <RulesPage section="settings">
      <Loaded data={data} lines={10}>
        {(settings) => <SettingsForm settings={settings} />}
      </Loaded>
    </RulesPage>
  );
}

function SettingsForm({ settings }: { settings: RulesSettings }) {
  const { t } = useTranslation();
  const words = useWords();
  const { stores } = useServices();
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const typed = useDraft('rules').forms?.settings as RulesSettings | undefined;
  const draft = typed ?? settings;
  const { run, busy } = useCommand('rules.set-settings');
  const keep = (next: RulesSettings | null): void =>
    stores.drafts.changeForm('rules', 'settings', next, t('rule-pages.settings'));
  const change = (part: Partial<RulesSettings>): void =>
    keep(withFittingNeed({ ...draft, ...part }));
  const changed = typed !== undefined && JSON.stringify(typed) !== JSON.stringify(settings);
  const save = async (): Promise<void> => {
    if (!changed || (await run(draft)) === null) return;
    keep(null);
    toast('done', t('rule-settings.saved'));
    announce(t('rule-settings.saved'));
  };
  return (
    <Panel title={t('rule-pages.settings')} hideTitle flush className={styles.panel}>
      <SectionForm
        onSubmit={() => void save()}
        actions={
          admin ? (
            <>
              <Button type="submit" look="primary" disabled={!changed || busy}>
                {t('common.save')}
              </Button>
              {changed ? (
                <Button look="quiet" onClick={() => keep(null)}>
                  {t('rule-settings.throw-away')}
                </Button>
              ) : null}
            </>
          ) : null
        }
      >
        {admin ? null : (
          <div className={styles.notice}>
            <Notice tone="neutral" title={t('rule-pages.admin-changes')} />
          </div>
        )}
        <fieldset className={styles.fields} disabled={!admin}>
          <FormSection title={t('rule-settings.site')} text={t('rule-settings.site-text')}>
            <Places places={draft.site} onChange={(site) => change({ site })} admin={admin} />
          </FormSection>
          <FormSection title={t('rule-settings.actors')} text={t('rule-settings.actors-text')}>
            <div>
              {actors.map((actor) => (
                <Checkbox
                  key={actor}
                  disabled={!admin}
                  label={word(words, 'actor', actor)}
                  checked={draft.actors.includes(actor)}
                  onChange={(is) =>
                    change({
                      actors: actors.filter((one) =>
                        one === actor ? is : draft.actors.includes(one),
                      ),
                    })
                  }
                />
              ))}
            </div>
            {draft.actors.length === 0 ? (
              <p className={styles.faint}>{t('rule-settings.actors-none')}</p>
            ) : null}
          </FormSection>
          <FormSection
            title={t('rule-settings.identification')}
            text={t('rule-settings.identification-text')}
          >
            {(['person', 'company'] as const).map((party) => (
              <Questions
                key={party}
                party={party}
                admin={admin}
                order={draft.identification[party]}
                onChange={(order) =>
                  change({ identification: { ...draft.identification, [party]: order } })
                }
              />
            ))}
            <Field
              label={t('rule-settings.needed')}
              hint={t('rule-settings.needed-hint')}
              className={styles.short}
            >
              <NumberField
                min={1}
                max={Math.min(
                  4,
                  draft.identification.person.length,
                  draft.identification.company.length,
                )}
                disabled={!admin}
                value={draft.identification.needed}
                onChange={(needed) =>
                  change({ identification: { ...draft.identification, needed: needed ?? 1 } })
                }
              />
            </Field>
          </FormSection>
        </fieldset>
      </SectionForm>
    </Panel>
  );
}

function Places({
  places,
  onChange,
  admin,
}: {
  places: readonly string[];
  onChange: (places: string[]) => void;
  admin: boolean;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const add = (): void => {
    const place = readPlace(typed);
    setWrong(place === null);
    if (place === null) return;
    setTyped('');
    if (!places.includes(place)) onChange([...places, place]);
  };
  return (
    <>
      <ul className={styles.places}>
        {places.map((place) => (
          <li key={place} className={styles.place}>
            {placeName(place, words)} <span className={styles.faint}>{place}</span>
            {admin ? (
              <IconButton
                label={t('rule-settings.remove', { name: placeName(place, words) })}
                icon={<X size={14} aria-hidden="true" />}
                onClick={() => onChange(places.filter((one) => one !== place))}
              />
            ) : null}
          </li>
        ))}
        {places.length === 0 ? (
          <li className={styles.faint}>{t('rule-settings.no-places')}</li>
        ) : null}
      </ul>
      {admin ? (
        <div className={styles.add}>
          <Field
            label={t('rule-settings.add-place')}
            hint={t('rule-settings.add-place-hint')}
            error={wrong ? t('rule-settings.bad-place') : null}
            className={styles.short}
          >
            <Input
              maxLength={10}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter') return;
                event.preventDefault();
                add();
              }}
            />
          </Field>
          <Button icon={<Plus size={14} aria-hidden="true" />} onClick={add}>
            {t('rule-settings.add')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Questions({
  party,
  order,
  onChange,
  admin,
}: {
  party: Party;
  order: readonly Check[];
  onChange: (order: Check[]) => void;
  admin: boolean;
}) {
  const { t } = useTranslation();
  const words = useWords();
  const others = notAsked(order);
  return (
    <section aria-label={t(`rule-settings.of-${party}`)}>
      <h4 className={styles.party}>{t(`rule-settings.of-${party}`)}</h4>
      <ol className={styles.questions}>
        {order.map((check, index) => {
          const name = word(words, 'check', check);
          return (
            <li key={check} className={styles.question}>
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.name}>{name}</span>
              {admin ? (
                <>
                  <IconButton
                    label={t('letters.up', { name })}
                    disabled={index === 0}
                    icon={<ArrowUp size={14} aria-hidden="true" />}
                    onClick={() => onChange(withMoved(order, check, -1))}
                  />
                  <IconButton
                    label={t('letters.down', { name })}
                    disabled={index === order.length - 1}
                    icon={<ArrowDown size={14} aria-hidden="true" />}
                    onClick={() => onChange(withMoved(order, check, 1))}
                  />
                  <IconButton
                    label={t('rule-settings.remove', { name })}
                    disabled={order.length === 1}
                    icon={<X size={14} aria-hidden="true" />}
                    onClick={() => onChange(withAsked(order, check, false))}
                  />
                </>
              ) : null}
            </li>
          );
        })}
      </ol>
      {admin && others.length > 0 ? (
        <Menu
          trigger={
            <Button look="quiet" icon={<Plus size={14} aria-hidden="true" />}>
              {t('rule-settings.ask-too')}
            </Button>
          }
          items={others.map((check) => ({
            id: check,
            label: word(words, 'check', check),
            onSelect: () => onChange(withAsked(order, check, true)),
          }))}
        />
      ) : null}
    </section>
  );
}
