import { AppError } from '#shared/errors/index.ts';
import type { Audit } from '../../contract-server/index.ts';
import type { Handlers } from '../../contract-server/types.ts';
import type { Store } from '../../store/types.ts';
import { gatewayWrites } from './gateway-writes.ts';
import { isUsableUrl } from './loopback.ts';
import { readMessageSettings } from './message-settings.ts';
import { payLink } from './pay-link.ts';

/** An amount that is made up, in minor units. */
const SAMPLE_MINOR = 123_450;

/** Commands on the settings of all messages. */
export function createMessageSettingHandlers({
  store,
  audit,
  onChanged,
}: {
  store: Store;
  audit: Audit;
  /** the public address or the usual gateways may be others now */
  onChanged(): void;
}): Handlers {
  return {
    'message.get-settings': () => readMessageSettings(store.read),
    'message.set-settings': async (settings, { principal, commandId }) => {
      const { publicBaseUrl, payLinkPattern } = settings;
      if (publicBaseUrl !== '' && !isPublicBase(publicBaseUrl))
        throw new AppError('gateway.bad-address', 'an https address without a query is needed');
      if (payLinkPattern !== '') sampleLink(payLinkPattern, 'EUR');
      const options = commandId === null ? {} : { commandId };
      await store.write(gatewayWrites, 'gateway.set-message-settings', settings, options);
      const { personId } = principal;
      audit({ action: 'message.settings-changed', personId, details: { publicBaseUrl } });
      onChanged();
      return readMessageSettings(store.read);
    },
    'message.try-pay-link': ({ pattern, currency }) => ({ url: sampleLink(pattern, currency) }),
  };
}

/** Links to documents pass the internet: nobody on the way may read along. */
function isPublicBase(text: string): boolean {
  if (!isUsableUrl(text)) return false;
  const { protocol, search } = new URL(text);
  return protocol === 'https:' && search === '';
}

/** @throws AppError `message.bad-pay-link` */
function sampleLink(pattern: string, currency: string): string {
  return payLink(pattern, {
    debtReference: 'ABC/12 3',
    debtorReference: 'D-1001',
    amountMinor: SAMPLE_MINOR,
    amount: (SAMPLE_MINOR / 100).toFixed(2),
    currency,
  });
}
