import { Megaphone, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { navigate, toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Confirm, toast } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import type { Portfolio } from './portfolio-list.tsx';

/** What a lead can do with one portfolio as a whole. */
export function PortfolioActions({
  portfolio,
  onDeleted,
}: {
  portfolio: Portfolio;
  onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('debtor.delete-portfolio');
  const remove = async (): Promise<void> => {
    setAsking(false);
    if ((await run({ portfolioId: portfolio.portfolioId })) === null) return;
    toast('done', t('portfolio.deleted', { name: portfolio.name }));
    navigate('/portfolio');
    onDeleted();
  };
  return (
    <>
      <LinkButton
        href={toHash('/campaigns/new', { portfolio: portfolio.portfolioId })}
        icon={<Megaphone size={14} aria-hidden="true" />}
      >
        {t('portfolio.new-campaign')}
      </LinkButton>
      <Button
        look="quiet"
        disabled={busy}
        icon={<Trash2 size={14} aria-hidden="true" />}
        onClick={() => setAsking(true)}
      >
        {t('portfolio.delete')}
      </Button>
      <Confirm
        open={asking}
        destructive
        title={t('portfolio.delete-question', { name: portfolio.name })}
        text={t('portfolio.delete-text', { count: portfolio.debtors })}
        action={t('portfolio.delete')}
        onConfirm={() => void remove()}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
