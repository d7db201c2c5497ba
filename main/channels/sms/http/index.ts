export { infobipAdapter } from './infobip/infobip-adapter.ts';
export { serwersmsAdapter } from './serwersms/serwersms-adapter.ts';
export { smsapiAdapter } from './smsapi/smsapi-adapter.ts';
export { twilioAdapter } from './twilio/twilio-adapter.ts';
export { vonageAdapter } from './vonage/vonage-adapter.ts';
