import { ImageUp, Plus, Trash2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandOutput, Letterhead } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { uploadFile } from '../../app/upload.ts';
import { useCommand } from '../../app/use-command.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { FieldRow, FormSection, SectionForm } from '../../components/form-section.tsx';
import {
  Button,
  ErrorState,
  Field,
  IconButton,
  Input,
  Panel,
  Skeleton,
  TextArea,
  toast,
} from '../../components/index.ts';
import styles from './letterhead-form.module.css';

type Stored = CommandOutput<'document.get-letterhead'>;
const mostIds = 6;

/** What stands on every letter: the firm, its numbers, its account, its logo. */
export function LetterheadForm() {
  const { t } = useTranslation();
  const data = useQueryData('document.get-letterhead', {});
  if (data.value === null) {
    return data.state === 'failed' ? (
      <ErrorState text={errorText(data.error, t)} onRetry={data.reload} />
    ) : (
      <Skeleton lines={8} />
    );
  }
  return <Form stored={data.value} onSaved={data.reload} />;
}

function Form({ stored, onSaved }: { stored: Stored; onSaved: () => void }) {
  const { t } = useTranslation();
  const { logo: storedLogo, ...initial } = stored;
  const [draft, setDraft] = useState<Letterhead>(initial);
  const { run, busy } = useCommand('document.set-letterhead');
  const logo = useLogo();
  const change = (part: Partial<Letterhead>): void => setDraft({ ...draft, ...part });
  const text = (name: TextName) => ({
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      change({ [name]: event.currentTarget.value }),
  });
  const save = async (): Promise<void> => {
    const saved = await run({
      letterhead: { ...draft, ids: draft.ids.filter((id) => id.value.trim() !== '') },
      ...(logo.fileId === undefined ? {} : { logoFileId: logo.fileId }),
    });
    if (saved === null) return;
    toast('done', t('letterhead.saved'));
    logo.forget();
    onSaved();
  };
  const shownLogo = logo.fileId === undefined ? storedLogo : null;
  return (
    <Panel title={t('letters.letterhead')} hideTitle flush className={styles.panel}>
      <SectionForm
        onSubmit={() => void save()}
        actions={
          <Button type="submit" look="primary" disabled={busy || logo.busy}>
            {t('common.save')}
          </Button>
        }
      >
        <FormSection title={t('letterhead.firm')} text={t('letterhead.firm-text')}>
          <Field label={t('letterhead.name')}>
            <Input maxLength={200} {...text('name')} />
          </Field>
          <Field label={t('letterhead.street')}>
            <Input maxLength={200} {...text('street')} />
          </Field>
          <FieldRow>
            <Field label={t('letterhead.postal-code')}>
              <Input maxLength={20} {...text('postalCode')} />
            </Field>
            <Field label={t('letterhead.city')}>
              <Input maxLength={120} {...text('city')} />
            </Field>
            <Field label={t('letterhead.country')}>
              <Input maxLength={80} {...text('country')} />
            </Field>
          </FieldRow>
          <Ids ids={draft.ids} onChange={(ids) => change({ ids })} />
        </FormSection>
        <FormSection title={t('letterhead.reach')}>
          <FieldRow>
            <Field label={t('letterhead.phone')}>
              <Input maxLength={60} {...text('phone')} />
            </Field>
            <Field label={t('letterhead.email')}>
              <Input maxLength={120} {...text('email')} />
            </Field>
          </FieldRow>
          <Field label={t('letterhead.website')}>
            <Input maxLength={120} {...text('website')} />
          </Field>
        </FormSection>
        <FormSection title={t('letterhead.bank')} text={t('letterhead.bank-text')}>
          <Field label={t('letterhead.bank-name')}>
            <Input maxLength={120} {...text('bankName')} />
          </Field>
          <Field label={t('letterhead.bank-account')}>
            <Input maxLength={60} {...text('bankAccount')} />
          </Field>
        </FormSection>
        <FormSection title={t('letterhead.look')}>
          <div className={styles.logo}>
            {shownLogo ? (
              <img
                className={styles.picture}
                alt={t('letterhead.logo')}
                src={`data:${shownLogo.mediaType};base64,${shownLogo.base64}`}
              />
            ) : (
              <span className={styles.noLogo}>
                {logo.name ||
                  t(logo.fileId === null ? 'letterhead.logo-removed' : 'letterhead.no-logo')}
              </span>
            )}
            <Button
              disabled={logo.busy}
              icon={<ImageUp size={14} aria-hidden="true" />}
              onClick={logo.choose}
            >
              {t('letterhead.choose-logo')}
            </Button>
            {shownLogo ? (
              <Button
                look="quiet"
                icon={<Trash2 size={14} aria-hidden="true" />}
                onClick={logo.remove}
              >
                {t('letterhead.remove-logo')}
              </Button>
            ) : null}
            {logo.input}
          </div>
          <Field label={t('letterhead.footer')} hint={t('letterhead.footer-hint')}>
            <TextArea
              maxLength={1000}
              value={draft.footer}
              onChange={(event) => change({ footer: event.currentTarget.value })}
            />
          </Field>
        </FormSection>
      </SectionForm>
    </Panel>
  );
}

type TextName = Exclude<keyof Letterhead, 'ids' | 'footer'>;

function Ids({
  ids,
  onChange,
}: {
  ids: Letterhead['ids'];
  onChange: (ids: Letterhead['ids']) => void;
}) {
  const { t } = useTranslation();
  const set = (index: number, part: Partial<Letterhead['ids'][number]>): void =>
    onChange(ids.map((id, at) => (at === index ? { ...id, ...part } : id)));
  return (
    <fieldset className={styles.ids}>
      <legend className={styles.legend}>{t('letterhead.ids')}</legend>
      {ids.map((id, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
        <div key={index} className={styles.id}>
          <Input
            aria-label={t('letterhead.id-label')}
            placeholder="NIP"
            maxLength={40}
            value={id.label}
            onChange={(event) => set(index, { label: event.currentTarget.value })}
          />
          <Input
            aria-label={t('letterhead.id-value', { name: id.label })}
            maxLength={60}
            value={id.value}
            onChange={(event) => set(index, { value: event.currentTarget.value })}
          />
          <IconButton
            label={t('letterhead.id-remove', { name: id.label })}
            icon={<X size={14} aria-hidden="true" />}
            onClick={() => onChange(ids.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      {ids.length < mostIds ? (
        <Button
          look="quiet"
          icon={<Plus size={14} aria-hidden="true" />}
          onClick={() => onChange([...ids, { label: '', value: '' }])}
        >
          {t('letterhead.id-add')}
        </Button>
      ) : null}
    </fieldset>
  );
}

/** A logo that was chosen and sent, to be kept with the form. `fileId` null: it shall go; undefined: it stays. */
function useLogo() {
  const { t } = useTranslation();
  const { client } = useServices();
  const picker = useRef<HTMLInputElement>(null);
  const [fileId, setFileId] = useState<string | null | undefined>(undefined);
  const [name, setName] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async (file: File): Promise<void> => {
    setBusy(true);
    try {
      const ticket = await client.send('app.upload-ticket', {});
      const sent = await uploadFile(ticket, file, () => undefined, new AbortController().signal);
      setFileId(sent);
      setName(file.name);
    } catch (error) {
      toast('failed', errorText(error, t));
      announce(errorText(error, t), 'assertive');
    } finally {
      setBusy(false);
    }
  };
  return {
    fileId,
    name,
    busy,
    choose: () => picker.current?.click(),
    remove: () => {
      setFileId(null);
      setName('');
    },
    forget: () => {
      setFileId(undefined);
      setName('');
    },
    input: (
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t('letterhead.choose-logo')}
        accept="image/png,image/jpeg"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) void send(file);
        }}
      />
    ),
  };
}
