import { useTranslation } from 'react-i18next';
import type { OwnPackContent } from '#shared/contract/index.ts';
import { useConnection } from '../../app/services.ts';
import { useQueryData } from '../../app/use-query-data.ts';
import { DraftEditor } from './draft-editor.tsx';
import { Loaded } from './loaded.tsx';
import { PublishedPack } from './published-pack.tsx';
import { RulesPage } from './rules-page.tsx';

/** One version of the firm's own rules: a draft to be written, or a published one to be read. */
export function OwnPackPage({ parameters }: { parameters: Record<string, string> }) {
  const { t } = useTranslation();
  const ownPackId = parameters.ownPackId ?? '';
  const data = useQueryData('rules.get-own-pack', { ownPackId: ownPackId as never });
  if (data.value !== null && data.value.row.ownPackId === ownPackId) {
    return <Found content={data.value} onChanged={data.reload} />;
  }
  return (
    <RulesPage section="own" title={t('rule-pages.own')}>
      <Loaded data={{ ...data, value: null } as typeof data} lines={10}>
        {() => null}
      </Loaded>
    </RulesPage>
  );
}

function Found({ content, onChanged }: { content: OwnPackContent; onChanged: () => void }) {
  const admin = useConnection((view) => view.principal?.role === 'admin');
  const { row } = content;
  return row.state === 'draft' && admin ? (
    <DraftEditor key={row.ownPackId} content={content} />
  ) : (
    <PublishedPack key={row.ownPackId} content={content} onChanged={onChanged} />
  );
}
