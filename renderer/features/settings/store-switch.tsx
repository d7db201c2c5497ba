import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreKind } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { announce } from '../../app/announcer.ts';
import { errorText } from '../../app/errors.ts';
import { useServices } from '../../app/services.ts';
import { Button, Confirm } from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';

type Step =
  | { kind: 'idle' }
  | { kind: 'asking' }
  | { kind: 'opening' }
  | { kind: 'failed'; error: unknown };

/**
 * Practice and real work never share a store. Connecting a trunk therefore opens another store, real and empty; the
 * practice one stays where it is, and one can go back to it.
 */
export function StoreSwitch({ storeKind }: { storeKind: StoreKind }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const [step, setStep] = useState<Step>({ kind: 'idle' });
  const practice = storeKind === 'practice';
  const open = async (): Promise<void> => {
    setStep({ kind: 'opening' });
    try {
      await client.send('app.open-store', { storeKind: practice ? 'real' : 'practice' });
      announce(t('store-switch.opening'));
    } catch (error) {
      setStep({ kind: 'failed', error });
      announce(errorText(error, t), 'assertive');
    }
  };
  if (step.kind === 'opening') {
    return (
      <Notice tone="accent" title={t('store-switch.opening')} live>
        {t('store-switch.opening-text')}
      </Notice>
    );
  }
  const unavailable =
    step.kind === 'failed' &&
    step.error instanceof AppError &&
    step.error.code === 'app.store-switch-unavailable';
  return (
    <>
      {step.kind === 'failed' ? (
        <Notice tone="stop" title={errorText(step.error, t)} live>
          {unavailable ? t('store-switch.by-hand') : null}
        </Notice>
      ) : null}
      <Notice
        tone={practice ? 'accent' : 'neutral'}
        title={practice ? t('store-switch.connect') : t('store-switch.practise')}
        action={
          <Button look={practice ? 'primary' : 'plain'} onClick={() => setStep({ kind: 'asking' })}>
            {practice ? t('store-switch.open-real') : t('store-switch.open-practice')}
          </Button>
        }
      >
        {practice ? t('store-switch.connect-text') : t('store-switch.practise-text')}
      </Notice>
      <Confirm
        open={step.kind === 'asking'}
        title={practice ? t('store-switch.open-real') : t('store-switch.open-practice')}
        text={t('store-switch.question')}
        action={t('store-switch.confirm')}
        onConfirm={() => void open()}
        onCancel={() => setStep({ kind: 'idle' })}
      />
    </>
  );
}
