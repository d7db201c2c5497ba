import {
  contentElements,
  eventFlags,
  eventKinds,
  holdKinds,
  noticeKinds,
  scopeKeys,
} from '#shared/rule-packs/index.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { FieldRow } from '../../components/form-section.tsx';
import { Field, Input, NumberField, Select } from '../../components/index.ts';
import { HoursForm } from './hours-form.tsx';
import { type FormKind, problemOfField, type RuleDraft } from './pack-draft.ts';
import {
  Count,
  Length,
  listOf,
  type RuleFormProps,
  Text,
  Word,
  Words,
} from './rule-form-parts.tsx';
import { word } from './rule-words.ts';
import { useWords } from './use-words.ts';

/** The fields of one kind of rule. */
export function RuleForm({ kind, ...props }: RuleFormProps & { kind: FormKind }) {
  switch (kind) {
    case 'cap':
      return <CapForm {...props} />;
    case 'cooldown':
      return <CooldownForm {...props} />;
    case 'hours':
      return <HoursForm {...props} />;
    case 'hold':
      return <HoldForm {...props} />;
    case 'content':
      return <ContentForm {...props} />;
    case 'callerId':
      return <CallerIdForm {...props} />;
    case 'consent':
      return <ConsentForm {...props} />;
    case 'firstNotice':
      return <NoticeForm {...props} />;
    case 'retention':
      return <RetentionForm {...props} />;
  }
}

const directions = ['out', 'both'] as const;

function CapForm(props: RuleFormProps) {
  const words = useWords();
  const { t } = words;
  const { rule, problems, onChange } = props;
  const window = (rule.window ?? {}) as { type?: string; days?: number; length?: string };
  const kinds = ['calendarDays', 'rolling', 'calendarUnit'] as const;
  const windowOf = (type: string): RuleDraft =>
    type === 'calendarDays'
      ? { type, days: 7 }
      : type === 'rolling'
        ? { type, length: 'PT24H' }
        : { type, unit: 'week', weekStart: 'mon' };
  return (
    <>
      <FieldRow>
        <Count {...props} name="limit" label={t('rule-editor.limit')} />
        <Field label={t('rule-editor.window')} error={problemOfField(problems, 'window')}>
          <Select
            value={window.type ?? 'calendarDays'}
            onChange={(type) => onChange({ window: windowOf(type) })}
            options={kinds.map((value) => ({
              value: value as string,
              label: t(`rule-editor.window-${value}`),
            }))}
          />
        </Field>
        {window.type === 'calendarDays' ? (
          <Field label={t('rule-editor.days')} error={problemOfField(problems, 'window.days')}>
            <NumberField
              min={1}
              max={400}
              value={window.days ?? null}
              onChange={(days) => onChange({ window: { ...window, days } })}
            />
          </Field>
        ) : null}
        {window.type === 'rolling' ? (
          <Length
            rule={window}
            problems={problems}
            name="length"
            label={t('rule-editor.length')}
            units={['hours', 'days']}
            onChange={(part) => onChange({ window: { ...window, ...part } })}
          />
        ) : null}
        {window.type === 'calendarUnit' ? (
          <Word
            rule={window}
            problems={problems}
            name="unit"
            label={t('rule-editor.unit')}
            options={(['day', 'week', 'month'] as const).map((value) => ({
              value,
              label: t(`rule-editor.calendar-${value}`),
            }))}
            onChange={(part) => onChange({ window: { ...window, ...part } })}
          />
        ) : null}
      </FieldRow>
      <Words
        {...props}
        name="counts"
        label={t('rule-editor.counts')}
        list="event"
        names={eventKinds}
      />
      <Words
        {...props}
        name="countChannels"
        label={t('rule-editor.count-channels')}
        list="channel"
        names={['call', 'voiceMessage', 'sms', 'mms', 'email', 'chat', 'letter', 'visit']}
      />
      <Words
        {...props}
        name="scope"
        label={t('rule-editor.scope')}
        list="scope"
        names={scopeKeys}
      />
      <Words
        {...props}
        name="excludeFlags"
        label={t('rule-editor.exclude')}
        list="flag"
        names={eventFlags}
      />
      <Direction {...props} />
    </>
  );
}

function Direction(props: RuleFormProps) {
  const { t } = useWords();
  return (
    <Word
      {...props}
      name="direction"
      label={t('rule-editor.direction')}
      options={directions.map((value) => ({ value, label: t(`rule-detail.direction-${value}`) }))}
    />
  );
}

function CooldownForm(props: RuleFormProps) {
  const { t } = useWords();
  const { rule, onChange } = props;
  return (
    <>
      <FieldRow>
        <Length {...props} name="length" label={t('rule-editor.quiet')} units={['days', 'hours']} />
        <Direction {...props} />
      </FieldRow>
      <Words
        {...props}
        name="after"
        label={t('rule-editor.after')}
        list="event"
        names={eventKinds}
      />
      <Words
        {...props}
        name="scope"
        label={t('rule-editor.scope')}
        list="scope"
        names={scopeKeys}
      />
      <Checkbox
        label={t('rule-detail.first-day-counts')}
        checked={rule.firstDayCounts === true}
        onChange={(firstDayCounts) => onChange({ firstDayCounts })}
      />
    </>
  );
}

function HoldForm(props: RuleFormProps) {
  const words = useWords();
  const { t } = words;
  return (
    <FieldRow>
      <Word
        {...props}
        name="holdKind"
        label={t('rule-editor.hold')}
        options={holdKinds.map((value) => ({ value, label: word(words, 'hold', value) }))}
      />
      <Length
        {...props}
        name="maxLength"
        label={t('rule-editor.lasts')}
        units={['days', 'months']}
        optional
      />
    </FieldRow>
  );
}

const moments = ['every', 'first', 'voicemail', 'abandonMessage', 'callStart', 'botStart'] as const;

function ContentForm(props: RuleFormProps) {
  const words = useWords();
  const { t } = words;
  const { rule, onChange } = props;
  return (
    <>
      <FieldRow>
        <Word
          {...props}
          name="when"
          label={t('rule-pages.moment')}
          options={moments.map((value) => ({ value, label: word(words, 'when', value) }))}
        />
      </FieldRow>
      <Words
        {...props}
        name="mustInclude"
        label={t('rule-editor.must-include')}
        list="element"
        names={contentElements}
      />
      <Words
        {...props}
        name="mustNotInclude"
        label={t('rule-editor.must-not-include')}
        list="element"
        names={contentElements}
      />
      <Checkbox
        label={t('rule-editor.exclusive')}
        checked={rule.exclusive === true}
        onChange={(exclusive) => onChange({ exclusive })}
      />
    </>
  );
}

const callerMust = [
  'dialable',
  'answeredInbound',
  'rightToUse',
  'registeredToOperator',
  'labelled',
] as const;

function CallerIdForm(props: RuleFormProps) {
  const { t } = useWords();
  const { rule, onChange, problems } = props;
  return (
    <>
      <Checkbox
        label={t('rule-editor.withheld-allowed')}
        checked={rule.withheldAllowed === true}
        onChange={(withheldAllowed) => onChange({ withheldAllowed })}
      />
      <Words
        {...props}
        name="must"
        label={t('rule-editor.caller-must')}
        list="caller-must"
        names={callerMust}
      />
      <FieldRow>
        <Word
          {...props}
          name="localPresence"
          label={t('rule-editor.local-presence')}
          options={(['forbid', 'warn', 'allow'] as const).map((value) => ({
            value,
            label: t(`rule-sentence.local-presence-${value}`),
          }))}
        />
        <Field
          label={t('rule-editor.forbidden-ranges')}
          hint={t('rule-editor.forbidden-ranges-hint')}
          error={problemOfField(problems, 'forbiddenRanges')}
        >
          <Input
            value={listOf(rule.forbiddenRanges).join(', ')}
            onChange={(event) =>
              onChange({
                forbiddenRanges: event.currentTarget.value
                  .split(',')
                  .map((one) => one.trimStart())
                  .filter((one, index) => one !== '' || index > 0),
              })
            }
          />
        </Field>
      </FieldRow>
    </>
  );
}

const consentKinds = [
  'express',
  'written',
  'perMedium',
  'thirdPersonBoth',
  'massCall',
  'marketing',
] as const;

function ConsentForm(props: RuleFormProps) {
  const words = useWords();
  const { t } = words;
  const { rule, onChange } = props;
  return (
    <>
      <FieldRow>
        <Word
          {...props}
          name="consentKind"
          label={t('rule-kind.consent')}
          options={consentKinds.map((value) => ({ value, label: word(words, 'consent', value) }))}
        />
        <Length
          {...props}
          name="validFor"
          label={t('rule-editor.valid-for')}
          units={['days', 'hours']}
          optional
        />
      </FieldRow>
      <Words
        {...props}
        name="scope"
        label={t('rule-editor.scope')}
        list="scope"
        names={scopeKeys}
      />
      <Checkbox
        label={t('rule-detail.with-proof')}
        checked={rule.proof === true}
        onChange={(proof) => onChange({ proof })}
      />
    </>
  );
}

function NoticeForm(props: RuleFormProps) {
  const words = useWords();
  const { t } = words;
  const { rule, onChange } = props;
  return (
    <>
      <FieldRow>
        <Word
          {...props}
          name="mustHaveSent"
          label={t('rule-editor.notice')}
          options={noticeKinds.map((value) => ({ value, label: word(words, 'notice', value) }))}
        />
        <Length
          {...props}
          name="within"
          label={t('rule-editor.within')}
          units={['days']}
          optional
        />
      </FieldRow>
      <Checkbox
        label={t('rule-editor.blocks')}
        checked={rule.blocksUntilSent === true}
        onChange={(blocksUntilSent) => onChange({ blocksUntilSent })}
      />
    </>
  );
}

const artefacts = ['recording', 'message', 'contactLog', 'consent', 'decision'] as const;
const anchors = ['event', 'lastCollectionActivity', 'caseClosed', 'purposeEnds'] as const;

function RetentionForm(props: RuleFormProps) {
  const words = useWords();
  const { t } = words;
  return (
    <FieldRow>
      <Word
        {...props}
        name="artefact"
        label={t('rule-keeping.record')}
        options={artefacts.map((value) => ({ value, label: word(words, 'artefact', value) }))}
      />
      <Length
        {...props}
        name="min"
        label={t('rule-editor.keep-min')}
        units={['years', 'months', 'days']}
        optional
      />
      <Length
        {...props}
        name="max"
        label={t('rule-editor.keep-max')}
        units={['years', 'months', 'days']}
        optional
      />
      <Word
        {...props}
        name="anchor"
        label={t('rule-editor.anchor')}
        options={anchors.map((value) => ({ value, label: word(words, 'anchor', value) }))}
      />
    </FieldRow>
  );
}

/** What every rule carries: for which channels, how strict, and where it comes from. */
export function CommonFields(props: RuleFormProps) {
  const { t } = useWords();
  return (
    <>
      <Words
        {...props}
        name="channels"
        label={t('rule-editor.channels')}
        list="channel"
        names={['call', 'voiceMessage', 'sms', 'mms', 'email', 'chat', 'letter', 'visit']}
      />
      <FieldRow>
        <Word
          {...props}
          name="severity"
          label={t('rule-editor.severity')}
          options={(['deny', 'denyUnlessOverride', 'warn'] as const).map((value) => ({
            value,
            label: t(`rule-severity.${value}`),
          }))}
        />
        <Text {...props} name="source" label={t('rule-editor.source')} />
        <Text {...props} name="note" label={t('rule-editor.note')} />
      </FieldRow>
    </>
  );
}
