import { useTranslation } from 'react-i18next';
import { useQuery } from '../../app/router.ts';
import { Page, Tabs } from '../../components/index.ts';
import { LetterTemplates } from './letter-templates.tsx';
import { LetterheadForm } from './letterhead-form.tsx';

/** The firm's letters: their texts, and the paper they are written on. */
export function LettersPage() {
  const { t } = useTranslation();
  const [tab, setTab] = useQuery('tab', 'texts');
  return (
    <Page title={t('letters.title')}>
      <Tabs
        label={t('letters.title')}
        fill
        value={tab === 'letterhead' ? 'letterhead' : 'texts'}
        onChange={setTab}
        tabs={[
          { value: 'texts' as const, label: t('letters.texts'), content: <LetterTemplates /> },
          {
            value: 'letterhead' as const,
            label: t('letters.letterhead'),
            content: <LetterheadForm />,
          },
        ]}
      />
    </Page>
  );
}
