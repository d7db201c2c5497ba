import { History, Megaphone, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PriorContact, priorContact } from '#shared/contract/index.ts';
import { navigate, toHash } from '../../app/router.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Confirm, Menu, toast } from '../../components/index.ts';
import { LinkButton } from '../../components/link-button.tsx';
import type { Portfolio } from './portfolio-list.tsx';

/** What a lead can do with one portfolio as a whole. */
export function PortfolioActions({
  portfolio,
  onChanged,
}: {
  portfolio: Portfolio;
  /** deleted, or known otherwise */
  onChanged: () => void;
}) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('debtor.delete-portfolio');
  const prior = useCommand('debtor.set-prior-contact');
  const setPrior = async (value: PriorContact): Promise<void> => {
    const { portfolioId, name } = portfolio;
    if ((await prior.run({ portfolioId, priorContact: value })) === null) return;
    toast('done', t('prior-contact.changed', { name }));
    onChanged();
  };
  const remove = async (): Promise<void> => {
    setAsking(false);
    if ((await run({ portfolioId: portfolio.portfolioId })) === null) return;
    toast('done', t('portfolio.deleted', { name: portfolio.name }));
    navigate('/portfolio');
    onChanged();
  };
  return (
    <>
      <LinkButton
        href={toHash('/campaigns/new', { portfolio: portfolio.portfolioId })}
        icon={<Megaphone size={14} aria-hidden="true" />}
      >
        {t('portfolio.new-campaign')}
      </LinkButton>
      <Menu
        align="end"
        trigger={
          <Button
            look="quiet"
            disabled={prior.busy}
            icon={<History size={14} aria-hidden="true" />}
          >
            {t('prior-contact.short', { answer: t(`prior-contact.${portfolio.priorContact}`) })}
          </Button>
        }
        items={[
          { id: 'question', heading: t('prior-contact.question') },
          ...priorContact.options.map((value) => ({
            id: value,
            label: t(`prior-contact.${value}`),
            chosen: portfolio.priorContact === value,
            onSelect: () => void setPrior(value),
          })),
        ]}
      />
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
