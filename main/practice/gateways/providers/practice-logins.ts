/** Logins of the practice providers: the same everywhere, because nothing is behind them. */
export const practiceLogins = {
  twilio: { accountSid: `AC${'practice'.repeat(4)}`, authToken: 'practice-auth-token' },
  smsapi: { token: 'practice-token' },
  serwersms: { token: 'practice-token' },
  infobip: { apiKey: 'practice-api-key' },
  vonage: { apiKey: 'practice', apiSecret: 'practice-secret' },
} as const;
