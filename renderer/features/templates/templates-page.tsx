import { MessageSquareText } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type DocumentLanguage,
  type MessageChannel,
  type MessageTemplate,
  messageChannel,
} from '#shared/contract/index.ts';
import { isLanguage } from '../../app/i18n.ts';
import { navigate, toHash, useQuery } from '../../app/router.ts';
import { useServices } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { Button, EmptyState, Menu, Page, Panel } from '../../components/index.ts';
import { Loaded } from '../rules/loaded.tsx';
import { draftOf, newDraft } from './template-draft.ts';
import { TemplateEditor } from './template-editor.tsx';
import { TemplateRow } from './template-row.tsx';
import styles from './templates-page.module.css';

const newOne = /^new-(sms|mms|email)$/;

/** What agents send: the texts of the firm, each in its languages, checked before they are used. */
export function TemplatesPage() {
  const { t } = useTranslation();
  const { client } = useServices();
  const data = useQueryData('template.list', {});
  const { reload } = data;
  useEffect(() => client.on('template.changed', reload), [client, reload]);
  const add = (
    <Menu
      align="end"
      trigger={<Button look="primary">{t('templates.new')}</Button>}
      items={messageChannel.options.map((channel) => ({
        id: channel,
        label: t(`templates.new-${channel}`),
        onSelect: () => navigate('/templates', { template: `new-${channel}` }),
      }))}
    />
  );
  return (
    <Page title={t('templates.title')} actions={add}>
      <Loaded data={data} lines={10}>
        {({ templates }) => <Templates templates={templates} reload={reload} />}
      </Loaded>
    </Page>
  );
}

function Templates({
  templates,
  reload,
}: {
  templates: readonly MessageTemplate[];
  reload: () => void;
}) {
  const { t, i18n } = useTranslation();
  const [wanted] = useQuery('template');
  // a new one keeps its editor when it is saved and gets an address of its own
  const [created, setCreated] = useState<{ from: string; id: string } | null>(null);
  const justCreated = created !== null && created.id === wanted;
  const channelOfNew = newOne.exec(wanted)?.[1] as MessageChannel | undefined;
  const found = templates.find(({ templateId }) => templateId === wanted);
  const chosen = found ?? (channelOfNew === undefined && !justCreated ? firstOf(templates) : null);
  const language: DocumentLanguage = isLanguage(i18n.language) ? i18n.language : 'en';
  if (chosen === null && channelOfNew === undefined && !justCreated) {
    return (
      <Panel title={t('templates.title')} hideTitle>
        <EmptyState
          icon={<MessageSquareText size={24} aria-hidden="true" />}
          title={t('templates.none')}
          text={t('templates.none-text')}
        />
      </Panel>
    );
  }
  return (
    <div className={styles.columns}>
      <Panel title={t('templates.all')} flush className={styles.panel}>
        <nav className={styles.list} aria-label={t('templates.all')}>
          {messageChannel.options.map((channel) => (
            <Group
              key={channel}
              channel={channel}
              templates={templates.filter((one) => one.channel === channel)}
              chosen={chosen}
            />
          ))}
        </nav>
      </Panel>
      <TemplateEditor
        key={justCreated ? created.from : (chosen?.templateId ?? wanted)}
        template={chosen}
        initial={chosen ? draftOf(chosen) : newDraft(channelOfNew ?? 'sms', language)}
        onSaved={(template) => {
          if (channelOfNew !== undefined) setCreated({ from: wanted, id: template.templateId });
          navigate('/templates', { template: template.templateId }, { replace: true });
          reload();
        }}
      />
    </div>
  );
}

/** the one that stands first in the list */
function firstOf(templates: readonly MessageTemplate[]): MessageTemplate | null {
  for (const channel of messageChannel.options) {
    const first = templates.find((one) => one.channel === channel);
    if (first) return first;
  }
  return null;
}

function Group({
  channel,
  templates,
  chosen,
}: {
  channel: MessageChannel;
  templates: readonly MessageTemplate[];
  chosen: MessageTemplate | null;
}) {
  const { t } = useTranslation();
  return (
    <section className={styles.group}>
      <h3 className={styles.heading}>{t(`channel.${channel}`)}</h3>
      {templates.length === 0 ? (
        <a className={styles.first} href={toHash('/templates', { template: `new-${channel}` })}>
          {t(`templates.new-${channel}`)}
        </a>
      ) : (
        <ul>
          {templates.map((template) => (
            <li key={template.templateId}>
              <TemplateRow template={template} current={template === chosen} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
