import {
  type Gateway,
  type GatewayKind,
  type GatewaySettings,
  gatewaySettings,
} from '#shared/contract/index.ts';
import { gatewayFields } from './gateway-fields.ts';

/** What the form of a gateway holds while it is edited. */
export interface GatewayForm {
  kind: GatewayKind;
  /** by the names of the settings; texts may be half typed */
  values: Readonly<Record<string, unknown>>;
  /** typed anew; '' removes the stored one; absent: it stays as it is */
  secrets: Readonly<Record<string, string>>;
  enabled: boolean;
}

/** Stand-ins for what every gateway of a kind has to be told, so that the schema gives the rest its defaults. */
const standIns: Record<GatewayKind, Record<string, string>> = {
  smpp: { host: 'x', systemId: 'x' },
  twilio: {},
  smsapi: {},
  serwersms: {},
  infobip: {},
  vonage: {},
  modem: { port: 'x' },
  mm7: { url: 'x' },
  email: { fromAddress: 'x@x.example', smtpHost: 'x' },
};

/** A new gateway of this kind: everything as is usual, what only the provider knows is empty. */
export function newGatewayForm(kind: GatewayKind, name: string): GatewayForm {
  const parsed = gatewaySettings.parse({ kind, name: 'x', ...standIns[kind] });
  const empty = Object.fromEntries(Object.keys(standIns[kind]).map((key) => [key, '']));
  return { kind, values: { ...parsed, ...empty, name }, secrets: {}, enabled: true };
}

export function gatewayFormOf(gateway: Gateway): GatewayForm {
  return {
    kind: gateway.settings.kind,
    values: gateway.settings,
    secrets: {},
    enabled: gateway.enabled,
  };
}

/** What is sent: without blanks that come with pasting, and without lines that hold no sender. */
export function settingsOf(form: GatewayForm): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form.values).map(([name, value]) => {
      if (typeof value === 'string') return [name, value.trim()];
      if (!Array.isArray(value)) return [name, value];
      return [name, value.map((one) => String(one).trim()).filter((one) => one !== '')];
    }),
  );
}

export type FormGap = 'missing' | 'wrong';

export interface CheckedForm {
  /** null while something is missing or wrong */
  settings: GatewaySettings | null;
  /** by the name of the field */
  gaps: Readonly<Record<string, FormGap>>;
}

/** Whether the form can be tried and saved, and what must be mended in it. */
export function checkGatewayForm(form: GatewayForm): CheckedForm {
  const settings = settingsOf(form);
  const gaps: Record<string, FormGap> = {};
  for (const field of [{ name: 'name', required: true }, ...gatewayFields[form.kind]]) {
    if (field.required && settings[field.name] === '') gaps[field.name] = 'missing';
  }
  const parsed = gatewaySettings.safeParse(settings);
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? 'name');
    gaps[name] ??= 'wrong';
  }
  const good = parsed.success && Object.keys(gaps).length === 0;
  return { settings: good ? parsed.data : null, gaps };
}

/** A host with its port, as it stands in letters: `smsc.example:2776` fills both fields. */
export function withHost(
  values: GatewayForm['values'],
  name: string,
  typed: string,
): GatewayForm['values'] {
  const portName = name === 'host' ? 'port' : name.replace(/Host$/, 'Port');
  const match = /^\s*(?:[a-z]+:\/\/)?([^\s:/]+):(\d{1,5})\/?\s*$/i.exec(typed);
  const port = Number(match?.[2]);
  if (!match || !(portName in values) || port < 1 || port > 65_535) {
    return { ...values, [name]: typed };
  }
  return { ...values, [name]: match[1], [portName]: port };
}
