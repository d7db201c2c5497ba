import { PhoneCall } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, Trunk } from '#shared/contract/index.ts';
import type { CallerIdId } from '#shared/domain/index.ts';
import { announce } from '../../app/announcer.ts';
import { formatPhone, parsePhone } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Button, Field, Input, Panel, Select } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import styles from './call-my-phone.module.css';
import { findingKey } from './finding.ts';

type Report = CommandOutput<'telephony.call-my-phone'>;

/** Calls a phone of the firm and finds out whether sound goes both ways. At any hour, so never a debtor's phone. */
export function CallMyPhone({ trunks }: { trunks: readonly Trunk[] }) {
  const { t } = useTranslation();
  const [trunkId, setTrunkId] = useState<string>(trunks[0]?.trunkId ?? '');
  const [callerIdId, setCallerIdId] = useState('');
  const [number, setNumber] = useState('');
  const [confirmed, setConfirmed] = useState(false);
  const [tried, setTried] = useState(false);
  const [report, setReport] = useState<Report | null>(null);
  const { run, busy } = useCommand('telephony.call-my-phone');
  const trunk = trunks.find((one) => one.trunkId === trunkId) ?? trunks[0];
  const shown =
    trunk?.callerIds.find((one) => one.callerIdId === callerIdId) ?? trunk?.callerIds[0];
  const to = parsePhone(number, trunk?.settings.country ?? null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!trunk || to === null || !confirmed) return;
    setReport(null);
    announce(t('audio-test.calling'));
    const result = await run({
      trunkId: trunk.trunkId,
      to: to as never,
      staffNumberConfirmed: true,
      ...(shown ? { callerIdId: shown.callerIdId as CallerIdId } : {}),
    });
    setReport(result);
  };
  if (!trunk) return null;
  return (
    <Panel title={t('audio-test.title')}>
      <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
        <p className={styles.text}>{t('audio-test.text')}</p>
        <div className={styles.row}>
          {trunks.length > 1 ? (
            <Field label={t('campaign.trunk')} className={styles.field}>
              <Select
                value={trunk.trunkId as string}
                onChange={setTrunkId}
                options={trunks.map((one) => ({
                  value: one.trunkId as string,
                  label: one.settings.name,
                }))}
              />
            </Field>
          ) : null}
          <Field
            label={t('audio-test.number')}
            className={styles.field}
            error={tried && to === null ? t('dial.not-a-number') : null}
          >
            <Input
              inputMode="tel"
              autoComplete="tel"
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          </Field>
          {trunk.callerIds.length > 1 ? (
            <Field label={t('campaign.caller-id')} className={styles.field}>
              <Select
                value={(shown?.callerIdId as string | undefined) ?? null}
                onChange={setCallerIdId}
                options={trunk.callerIds.map((one) => ({
                  value: one.callerIdId as string,
                  label: formatPhone(one.e164),
                }))}
              />
            </Field>
          ) : null}
        </div>
        <Checkbox label={t('audio-test.staff')} checked={confirmed} onChange={setConfirmed} />
        {tried && !confirmed ? (
          <p className={styles.wrong} role="alert">
            {t('audio-test.staff-needed')}
          </p>
        ) : null}
        <div>
          <Button
            type="submit"
            icon={<PhoneCall size={14} aria-hidden="true" />}
            aria-disabled={busy || trunk.callerIds.length === 0}
          >
            {busy ? t('audio-test.calling') : t('audio-test.call')}
          </Button>
        </div>
        {trunk.callerIds.length === 0 ? (
          <p className={styles.text}>{t('audio-test.needs-number')}</p>
        ) : null}
        {report ? <Result report={report} /> : null}
      </form>
    </Panel>
  );
}

function Result({ report }: { report: Report }) {
  const { t } = useTranslation();
  const good = report.finding === 'audio.both-ways';
  return (
    <Notice
      tone={good ? 'talk' : 'stop'}
      live
      title={t(findingKey(report.finding, 'what'), {
        defaultValue: t('finding.other.what', { code: report.finding }),
      })}
    >
      {good
        ? null
        : t(findingKey(report.finding, 'todo'), { defaultValue: t('finding.other.todo') })}
      {report.sipStatus !== null && report.sipStatus > 0 && !report.answered
        ? ` SIP ${report.sipStatus}`
        : null}
    </Notice>
  );
}
