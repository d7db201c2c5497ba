import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PoolNumber } from '#shared/contract/index.ts';
import type { TrunkId } from '#shared/domain/index.ts';
import { formatPhone, parsePhone } from '../../app/format/index.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, Field, IconButton, Input, Panel, Select, toast } from '../../components/index.ts';
import { OptionalNumber } from '../campaigns/optional-number.tsx';
import styles from './number-form.module.css';
import { isWrong } from './schedule.ts';
import { ScheduleFields } from './schedule-fields.tsx';

const proofKinds = ['contract', 'invoice', 'carrierLetter', 'testCall', 'statement'] as const;

/** A new number with the proof that it is the firm's own, or another proof, schedule and cap of one that is there. */
export function NumberForm({
  number,
  onClose,
  onSaved,
}: {
  /** absent: a new one */
  number?: PoolNumber;
  onClose: () => void;
  onSaved: (number: PoolNumber) => void;
}) {
  const { t } = useTranslation();
  const trunks = useQueryData('telephony.list-trunks', {}).value?.trunks ?? [];
  const { run, busy } = useCommand('caller-id.save');
  const [trunkId, setTrunkId] = useState<string>(number?.trunkId ?? '');
  const [written, setWritten] = useState(number ? formatPhone(number.e164) : '');
  const [label, setLabel] = useState(number?.label ?? '');
  const [proofKind, setProofKind] = useState(number?.proof?.kind ?? 'contract');
  const [proofNote, setProofNote] = useState(number?.proof?.note ?? '');
  const [schedule, setSchedule] = useState(number?.schedule ?? []);
  const [maxPerHour, setMaxPerHour] = useState(number?.maxPerHour ?? null);
  const [tried, setTried] = useState(false);
  const trunk =
    trunks.find((one) => one.trunkId === trunkId) ?? (trunks.length === 1 ? trunks[0] : undefined);
  const e164 = number?.e164 ?? parsePhone(written, trunk?.settings.country ?? null);
  const proofChanged =
    proofNote.trim() !== (number?.proof?.note ?? '') ||
    proofKind !== (number?.proof?.kind ?? proofKind);
  const gaps = {
    trunk: trunk === undefined,
    number: e164 === null,
    proof: proofNote.trim() === '' && number?.proof === undefined,
    schedule: schedule.some(isWrong),
  };
  const submit = async (): Promise<void> => {
    setTried(true);
    if (Object.values(gaps).some(Boolean) || e164 === null || trunk === undefined) return;
    const saved = await run({
      ...(number
        ? { callerIdId: number.callerIdId }
        : { e164: e164 as never, trunkId: trunk.trunkId as TrunkId }),
      label: label.trim(),
      ...(proofNote.trim() !== '' && proofChanged
        ? { proof: { kind: proofKind, note: proofNote.trim() } }
        : {}),
      schedule,
      maxPerHour,
    });
    if (saved === null) return;
    toast('done', t('numbers.saved'), formatPhone(saved.e164));
    onSaved(saved);
  };
  return (
    <Panel
      title={number ? formatPhone(number.e164) : t('numbers.add')}
      actions={
        <IconButton
          label={t('common.close')}
          icon={<X size={16} aria-hidden="true" />}
          onClick={onClose}
        />
      }
    >
      <form
        className={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {number ? null : (
          <>
            <Field
              label={t('numbers.trunk')}
              error={tried && gaps.trunk ? t('numbers.gap-trunk') : null}
            >
              <Select
                value={trunk?.trunkId ?? null}
                placeholder={t('campaign.choose')}
                options={trunks.map((one) => ({
                  value: one.trunkId as string,
                  label: one.settings.name,
                }))}
                onChange={setTrunkId}
              />
            </Field>
            <Field
              label={t('numbers.number')}
              hint={t('numbers.number-hint')}
              error={tried && gaps.number ? t('numbers.gap-number') : null}
            >
              <Input
                inputMode="tel"
                autoComplete="off"
                value={written}
                onChange={(event) => setWritten(event.currentTarget.value)}
                onBlur={() => e164 !== null && setWritten(formatPhone(e164))}
              />
            </Field>
          </>
        )}
        <Field label={t('numbers.label')}>
          <Input
            maxLength={80}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
        </Field>
        <Field label={t('numbers.proof')} hint={t('numbers.proof-hint')}>
          <Select
            value={proofKind}
            options={proofKinds.map((kind) => ({ value: kind, label: t(`numbers.proof-${kind}`) }))}
            onChange={setProofKind}
          />
        </Field>
        <Field
          label={t('numbers.proof-note')}
          hint={t('numbers.proof-note-hint')}
          error={tried && gaps.proof ? t('numbers.gap-proof') : null}
        >
          <Input
            maxLength={500}
            value={proofNote}
            onChange={(event) => setProofNote(event.currentTarget.value)}
          />
        </Field>
        <ScheduleFields schedule={schedule} onChange={setSchedule} />
        <OptionalNumber
          label={t('numbers.cap-on')}
          value={maxPerHour}
          fallback={60}
          min={1}
          max={10_000}
          onChange={setMaxPerHour}
        />
        <div className={styles.actions}>
          <Button type="submit" look="primary" disabled={busy}>
            {t('common.save')}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
