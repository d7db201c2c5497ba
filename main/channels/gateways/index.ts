export { CalmNews } from './calm-news.ts';
export { createGatewayHandlers, type GatewayHandlersParts } from './gateway-handlers.ts';
export {
  GatewayHub,
  type GatewayHubParts,
  type HubEvent,
  type OpenGateway,
} from './gateway-hub.ts';
export { channelsOf, type GatewayRecord, type SaveGatewayRow } from './gateway-rows.ts';
export { gatewayWrites } from './gateway-writes.ts';
export { isLoopbackHost } from './loopback.ts';
export { readMessageSettings } from './message-settings.ts';
export { type PayLinkFields, payLink } from './pay-link.ts';
export { type AnyAdapterKind, createRegistry, type Registry } from './registry.ts';
export { createMessageSettingHandlers } from './settings-handlers.ts';
