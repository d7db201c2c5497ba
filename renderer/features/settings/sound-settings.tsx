import { BellOff, BellRing } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { PreferenceValues } from '../../app/preferences.ts';
import { usePreference, useServices } from '../../app/services.ts';
import { FieldRow, FormSection } from '../../components/form-section.tsx';
import {
  Button,
  Field,
  LevelMeter,
  NumberField,
  Panel,
  Select,
  Switch,
} from '../../components/index.ts';
import { Notice } from '../../components/notice.tsx';
import type { AudioDevice } from '../../telephony/phone-port.ts';
import styles from './sound-settings.module.css';

type SoundChoice = 'microphoneId' | 'speakerId' | 'echoCancellation' | 'noiseSuppression';

/** The headset: which one, whether it hears, and how loud a call rings. Changes hold at once, also during a call. */
export function SoundSettings() {
  const { t } = useTranslation();
  return (
    <Panel title={t('sound.title')}>
      <Devices />
      <Processing />
      <Ringing />
    </Panel>
  );
}

/** A choice that the softphone takes over as soon as it is made. */
function useSoundChoice<Name extends SoundChoice>(
  name: Name,
  initial: PreferenceValues[Name],
): [PreferenceValues[Name], (value: PreferenceValues[Name]) => void] {
  const { phone } = useServices();
  const [value, set] = usePreference(name, initial);
  const choose = (next: PreferenceValues[Name]): void => {
    set(next);
    // a device that does not start is shown as the state of the microphone
    phone.applyAudioChoices().catch(() => {});
  };
  return [value, choose];
}

function Devices() {
  const { t } = useTranslation();
  const { phone } = useServices();
  const view = useStore(phone.store);
  const [microphoneId, setMicrophoneId] = useSoundChoice('microphoneId', '');
  const [speakerId, setSpeakerId] = useSoundChoice('speakerId', '');
  const level = useCallback(() => phone.levelDbfs('microphone'), [phone]);
  const { microphone } = view;
  const wrong = microphone === 'denied' || microphone === 'absent' || microphone === 'failed';
  return (
    <FormSection title={t('sound.devices')} text={t('sound.devices-text')}>
      {wrong ? (
        <Notice
          tone="stop"
          title={t(`microphone.${microphone}-title`)}
          action={
            <Button onClick={() => void phone.retryMicrophone()}>{t('microphone.retry')}</Button>
          }
        >
          {t(`microphone.${microphone}-text`)}
        </Notice>
      ) : null}
      <FieldRow>
        <Field label={t('sound.microphone')}>
          <Select
            value={knownDevice(microphoneId, view.microphones)}
            onChange={(value) => setMicrophoneId(deviceIdOf(value))}
            options={deviceOptions(view.microphones, t('sound.system-device'))}
          />
        </Field>
        <Field label={t('sound.speaker')}>
          <Select
            value={knownDevice(speakerId, view.speakers)}
            onChange={(value) => setSpeakerId(deviceIdOf(value))}
            options={deviceOptions(view.speakers, t('sound.system-device'))}
          />
        </Field>
      </FieldRow>
      {microphone === 'unasked' ? (
        <div>
          <Button onClick={() => void phone.retryMicrophone()}>{t('sound.start')}</Button>
        </div>
      ) : (
        <div>
          <LevelMeter label={t('audio.you')} level={level} active={microphone === 'ready'} />
          <p className={styles.hint}>{t('sound.speak')}</p>
        </div>
      )}
    </FormSection>
  );
}

/** Stands for the empty device id, which a list of choices would show as no choice. */
const systemDevice = 'system';

function deviceIdOf(value: string): string {
  return value === systemDevice ? '' : value;
}

/** A device that was unplugged is no choice any more: the system's own is in use. */
function knownDevice(deviceId: string, devices: readonly AudioDevice[]): string {
  return devices.some((device) => device.deviceId === deviceId) ? deviceId : systemDevice;
}

function deviceOptions(
  devices: readonly AudioDevice[],
  systemLabel: string,
): { value: string; label: string }[] {
  const named = devices.filter((device) => device.deviceId !== '');
  return [
    { value: systemDevice, label: systemLabel },
    ...named.map((device) => ({
      value: device.deviceId,
      label: device.label || device.deviceId,
    })),
  ];
}

function Processing() {
  const { t } = useTranslation();
  const [echo, setEcho] = useSoundChoice('echoCancellation', true);
  const [noise, setNoise] = useSoundChoice('noiseSuppression', true);
  return (
    <FormSection title={t('sound.processing')} text={t('sound.processing-text')}>
      <Switch
        label={t('sound.echo')}
        hint={t('sound.echo-hint')}
        checked={echo}
        onChange={setEcho}
      />
      <Switch
        label={t('sound.noise')}
        hint={t('sound.noise-hint')}
        checked={noise}
        onChange={setNoise}
      />
    </FormSection>
  );
}

function Ringing() {
  const { t } = useTranslation();
  const { phone } = useServices();
  const [volume, setVolume] = usePreference('ringVolume', 0.6);
  const [ringing, setRinging] = useState(false);
  useEffect(() => {
    if (!ringing) return;
    phone.startRinging();
    return () => phone.stopRinging();
  }, [ringing, phone]);
  return (
    <FormSection title={t('sound.ringing')}>
      <Field label={t('sound.volume')}>
        <NumberField
          value={Math.round(volume * 100)}
          min={0}
          max={100}
          step={10}
          unit="%"
          onChange={(next) => next !== null && setVolume(next / 100)}
        />
      </Field>
      <div>
        <Button
          pressed={ringing}
          icon={
            ringing ? (
              <BellOff size={14} aria-hidden="true" />
            ) : (
              <BellRing size={14} aria-hidden="true" />
            )
          }
          onClick={() => setRinging(!ringing)}
        >
          {ringing ? t('sound.stop') : t('sound.listen')}
        </Button>
      </div>
    </FormSection>
  );
}
