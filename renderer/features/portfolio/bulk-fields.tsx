import { useTranslation } from 'react-i18next';
import { flagKinds } from '#shared/contract/index.ts';
import { noticeKinds } from '#shared/rule-packs/index.ts';
import { useAgent, useCampaigns } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Field, Input, Select, TextArea } from '../../components/index.ts';
import type { BulkDraft, BulkKind } from './bulk-action.ts';
import { flagText } from './condition-text.ts';

/** Flags that mean nothing without saying which number or which channel. */
const needMore: ReadonlySet<string> = new Set(['wrongNumber', 'mediumOptOut']);

/** an empty value would be shown as if nothing were chosen */
const anybody = 'anybody';

/** The fields of one action for many. */
export function BulkFields({
  kind,
  draft,
  onChange,
}: {
  kind: BulkKind;
  draft: BulkDraft;
  onChange: (draft: BulkDraft) => void;
}) {
  const { t } = useTranslation();
  const change = (part: Partial<BulkDraft>): void => onChange({ ...draft, ...part });
  switch (kind) {
    case 'addToCampaign':
      return <CampaignField draft={draft} onChange={onChange} />;
    case 'setHold':
      return (
        <>
          <Field label={t('bulk.flag')}>
            <Select
              value={draft.hold || null}
              placeholder={t('filter.choose')}
              onChange={(hold) => change({ hold })}
              options={flagKinds
                .filter((flag) => !needMore.has(flag))
                .map((flag) => ({ value: flag as string, label: flagText(flag, t) }))}
            />
          </Field>
          <Field label={t('bulk.until')} hint={t('bulk.until-hint')}>
            <Input
              type="date"
              value={draft.until}
              onChange={(event) => change({ until: event.currentTarget.value })}
            />
          </Field>
          <Field label={t('bulk.reason')}>
            <TextArea
              maxLength={500}
              value={draft.reason}
              onChange={(event) => change({ reason: event.currentTarget.value })}
            />
          </Field>
        </>
      );
    case 'liftHold':
      return <LiftField draft={draft} onChange={onChange} />;
    case 'callback':
      return <CallbackFields draft={draft} onChange={onChange} />;
    case 'note':
      return (
        <Field label={t('bulk.note-text')}>
          <TextArea
            maxLength={10_000}
            value={draft.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
          />
        </Field>
      );
    case 'recordNotice':
      return <NoticeFields draft={draft} onChange={onChange} />;
  }
}

interface PartProps {
  draft: BulkDraft;
  onChange: (draft: BulkDraft) => void;
}

function CampaignField({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const byId = useCampaigns((view) => view.byId);
  const campaigns = Object.values(byId).filter((campaign) => campaign.status !== 'stopped');
  return (
    <Field label={t('bulk.campaign')} hint={campaigns.length === 0 ? t('bulk.no-campaign') : null}>
      <Select
        value={draft.campaignId || null}
        placeholder={t('filter.choose')}
        onChange={(campaignId) => onChange({ ...draft, campaignId })}
        options={campaigns.map((campaign) => ({
          value: campaign.campaignId as string,
          label: campaign.name,
        }))}
      />
    </Field>
  );
}

function NoticeFields({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  return (
    <>
      <Field label={t('notice.kind')}>
        <Select
          value={draft.notice || null}
          placeholder={t('filter.choose')}
          onChange={(notice) => onChange({ ...draft, notice })}
          options={noticeKinds.map((kind) => ({
            value: kind as string,
            label: t(`notice.${kind}`),
          }))}
        />
      </Field>
      <Field label={t('notice.sent-on')}>
        <Input
          type="date"
          value={draft.sentOn}
          onChange={(event) => onChange({ ...draft, sentOn: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('notice.source')} hint={t('notice.source-hint')}>
        <Input
          maxLength={200}
          value={draft.source}
          onChange={(event) => onChange({ ...draft, source: event.currentTarget.value })}
        />
      </Field>
    </>
  );
}

function LiftField({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const flags = useQueryData('list.choices', {}).value?.flags ?? [];
  return (
    <Field label={t('bulk.flag')}>
      <Select
        value={draft.hold || null}
        placeholder={t('filter.choose')}
        onChange={(hold) => onChange({ ...draft, hold })}
        options={flags.map((flag) => ({ value: flag, label: flagText(flag, t) }))}
      />
    </Field>
  );
}

function CallbackFields({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const everyone = useAgent((view) => view.everyone);
  return (
    <>
      <Field label={t('bulk.at')}>
        <Input
          type="datetime-local"
          value={draft.at}
          onChange={(event) => onChange({ ...draft, at: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('bulk.person')}>
        <Select
          value={draft.personId || anybody}
          onChange={(personId) =>
            onChange({ ...draft, personId: personId === anybody ? '' : personId })
          }
          options={[
            { value: anybody, label: t('bulk.anybody') },
            ...Object.values(everyone).map((agent) => ({
              value: agent.personId as string,
              label: agent.displayName,
            })),
          ]}
        />
      </Field>
    </>
  );
}
