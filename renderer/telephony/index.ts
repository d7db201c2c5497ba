export type { LineState } from './line-machine.ts';
export { Softphone } from './phone.ts';
export type { AudioDevice, LineQuality, MicrophoneState, Phone, PhoneView } from './phone-port.ts';
export type { RegistrationState } from './registration-machine.ts';
export { installTestHooks, testHooksWanted } from './test-hooks.ts';
