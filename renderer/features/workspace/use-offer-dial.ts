import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PreviewOffer } from '#shared/contract/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText, refusalOf, refusalText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';

/**
 * Starts the call of an offer. What keeps it from going out is said beside the key, where the agent looks; then it is
 * asked again what is offered, because somebody else may have this debtor by now.
 */
export function useOfferDial({ entryId }: PreviewOffer): {
  dial: () => Promise<void>;
  busy: boolean;
  problem: string | null;
} {
  const { client, stores } = useServices();
  const { t, i18n } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const dial = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await client.send('preview.dial', { entryId });
    } catch (error) {
      const refusal = refusalOf(error);
      const text = refusal
        ? refusalText(refusal.blockedBy, refusal.nextAllowedAt, t, i18n.language)
        : errorText(error, t);
      setProblem(text);
      announce(text, 'assertive');
      client.send('preview.current', {}).then(
        ({ offer }) => stores.agent.setState({ offer }),
        () => {},
      );
    } finally {
      setBusy(false);
    }
  };
  return { dial, busy, problem };
}
