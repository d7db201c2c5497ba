import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime, isoDateFrom, zoneCity, zoneName } from '../../app/format/index.ts';
import { regionLabel } from '../../app/format/names.ts';
import { useServices } from '../../app/services.ts';
import { useCommand } from '../../app/use-command.ts';
import { Button, Combobox, Field, Input, Select, toast } from '../../components/index.ts';
import { countryOptions } from '../settings/country-options.ts';
import form from './form.module.css';
import { clocksOf, zonesOfCountry } from './place-zones.ts';
import { useFormDraft } from './use-form-draft.ts';
import type { Work } from './work-context.ts';

interface PlaceDraft {
  country: string;
  /** '' : anywhere in it: every clock of the country must allow a contact */
  timeZone: string;
  city: string;
  until: string;
}

/** Where the debtor says to be now: until then this clock counts, whatever the number and the address say. */
export function PlaceSheet({ work }: { work: Work }) {
  const { t, i18n } = useTranslation();
  const { clock } = useServices();
  const { card, draftKey, close } = work;
  const draft = useFormDraft<PlaceDraft>(
    draftKey,
    'place',
    { country: '', timeZone: '', city: '', until: '' },
    card.displayName,
  );
  const [tried, setTried] = useState(false);
  const { run, busy } = useCommand('contact.state-place');
  const { value, change } = draft;
  const now = clock.now();
  const countries = useMemo(() => countryOptions(i18n.language), [i18n.language]);
  // the clocks of a country do not change while the form is open
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const zones = useMemo(
    () => (value.country ? clocksOf(zonesOfCountry(value.country), now) : []),
    [value.country],
  );
  const chosen = value.timeZone ? [value.timeZone] : zones;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (chosen.length === 0 || busy) return;
    const country = regionLabel(value.country, i18n.language);
    const saved = await run({
      debtorId: card.debtorId,
      timeZones: chosen.slice(0, 10),
      label: [value.city.trim(), country].filter(Boolean).join(', '),
      ...(value.until ? { until: value.until } : {}),
    });
    if (saved === null) return;
    draft.clear();
    toast('done', t('wish.place-saved'), t('wish.place-effect'));
    close();
  };
  return (
    <form
      className={form.form}
      onSubmit={(event) => void submit(event)}
      aria-label={t('work.place')}
      noValidate
    >
      <Field
        label={t('wish.country')}
        error={tried && chosen.length === 0 ? t('wish.need-country') : null}
      >
        <Combobox
          value={value.country || null}
          options={countries}
          onChange={(country) => change({ country: country ?? '', timeZone: '' })}
        />
      </Field>
      {zones.length > 1 ? (
        <Field label={t('wish.clock')} hint={value.timeZone ? null : t('wish.clock-hint')}>
          <Select<string>
            value={value.timeZone}
            onChange={(timeZone) => change({ timeZone })}
            options={[
              { value: '', label: t('wish.anywhere', { count: zones.length }) },
              ...zones.map((zone) => ({
                value: zone,
                label: `${zoneCity(zone)} · ${formatTime(now, i18n.language, zone)} ${zoneName(now, zone, i18n.language)}`,
              })),
            ]}
          />
        </Field>
      ) : null}
      <Field label={t('wish.city')}>
        <Input
          maxLength={120}
          value={value.city}
          onChange={(event) => change({ city: event.currentTarget.value })}
        />
      </Field>
      <Field label={t('wish.until')} hint={t('wish.until-hint')}>
        <Input
          type="date"
          min={isoDateFrom(now, 0)}
          value={value.until}
          onChange={(event) => change({ until: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" look="primary" wide disabled={busy}>
        {t('wish.save-place')}
      </Button>
    </form>
  );
}
