import { ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, Trunk } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { SectionForm } from '../../components/form-section.tsx';
import { Button, Confirm, Panel, toast } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import { Notice } from '../../components/notice.tsx';
import { CallerIdsEditor } from './caller-ids-editor.tsx';
import styles from './trunk-editor.module.css';
import { TrunkFields } from './trunk-fields.tsx';
import {
  cleanSettings,
  newTrunkForm,
  type TrunkForm,
  trunkFormOf,
  trunkGaps,
} from './trunk-form.ts';
import { TrunkTestSteps } from './trunk-test-steps.tsx';

const listAddress = toHash('/settings', { section: 'trunks' });
/** Where the reader's language points to, until they say otherwise. */
const countryOfLanguage: Record<string, string> = { pl: 'PL', ru: 'RU', zh: 'CN', en: 'GB' };

/** The form of one trunk: test what it says, save it, remove it. */
export function TrunkEditor({
  trunk,
  practiceStore,
  onSaved,
}: {
  trunk: Trunk | null;
  practiceStore: boolean;
  onSaved: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [form, setForm] = useState<TrunkForm>(() =>
    trunk ? trunkFormOf(trunk) : newTrunkForm(countryOfLanguage[i18n.language] ?? 'GB'),
  );
  const [tried, setTried] = useState(false);
  const [report, setReport] = useState<CommandOutput<'telephony.test-trunk'> | null>(null);
  const save = useCommand('telephony.save-trunk');
  const test = useCommand('telephony.test-trunk');
  const gaps = trunkGaps(form);

  const checked = (): boolean => {
    setTried(true);
    if (gaps.length > 0) announce(t('trunk.incomplete'), 'assertive');
    return gaps.length === 0;
  };
  const asked = {
    ...(trunk ? { trunkId: trunk.trunkId } : {}),
    settings: cleanSettings(form.settings),
    ...(form.password === '' ? {} : { password: form.password }),
  };
  const submit = async (): Promise<void> => {
    if (!checked()) return;
    const saved = await save.run({
      ...asked,
      enabled: form.enabled,
      callerIds: form.callerIds.map((one) => ({ e164: one.e164, label: one.label.trim() })),
    });
    if (saved === null) return;
    toast('done', t('trunk.saved', { name: saved.settings.name }));
    setForm(trunkFormOf(saved));
    onSaved();
    navigate('/settings', { section: 'trunks', trunk: saved.trunkId }, { replace: true });
  };
  const tryOut = async (): Promise<void> => {
    if (!checked()) return;
    setReport(null);
    const result = await test.run(asked);
    setReport(result);
    if (result) announce(result.ok ? t('trunk.test-good') : t('trunk.test-bad'), 'assertive');
  };

  return (
    <Panel
      flush
      title={trunk?.settings.name ?? t('trunk.add')}
      actions={
        <LinkButton
          look="quiet"
          href={listAddress}
          icon={<ArrowLeft size={14} aria-hidden="true" />}
        >
          {t('trunk.back')}
        </LinkButton>
      }
    >
      {practiceStore ? (
        <div className={styles.notice}>
          <Notice tone="accent" title={t('trunk.practice-only')}>
            {t('trunk.practice-only-text')}
          </Notice>
        </div>
      ) : null}
      <SectionForm
        onSubmit={() => void submit()}
        actions={
          <>
            <Button type="submit" look="primary" disabled={save.busy}>
              {t('trunk.save')}
            </Button>
            <Button disabled={test.busy} onClick={() => void tryOut()}>
              {test.busy ? t('trunk.testing') : t('trunk.test')}
            </Button>
            {trunk && !trunk.practice ? <Remove trunk={trunk} /> : null}
          </>
        }
      >
        <TrunkFields
          form={form}
          onChange={setForm}
          gaps={tried ? gaps : []}
          hasPassword={trunk?.hasPassword ?? false}
        />
        <CallerIdsEditor form={form} onChange={setForm} gaps={tried ? gaps : []} />
        {tried && gaps.length > 0 ? (
          <p className={styles.wrong} role="alert">
            {t('trunk.incomplete')}
          </p>
        ) : null}
        <TrunkTestSteps busy={test.busy} report={report} />
      </SectionForm>
    </Panel>
  );
}

function Remove({ trunk }: { trunk: Trunk }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('telephony.remove-trunk');
  const remove = async (): Promise<void> => {
    setAsking(false);
    if ((await run({ trunkId: trunk.trunkId })) !== null) {
      navigate('/settings', { section: 'trunks' }, { replace: true });
    }
  };
  return (
    <>
      <Button
        look="quiet"
        className={styles.remove}
        disabled={busy}
        onClick={() => setAsking(true)}
      >
        {t('trunk.remove')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('trunk.remove-question', { name: trunk.settings.name })}
        text={t('trunk.remove-text')}
        action={t('trunk.remove')}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
