export type { ByteRange } from './byte-range.ts';
export type { ConnectionChange } from './connections.ts';
export { contentSecurityPolicy } from './content-security-policy.ts';
export {
  type ContractAddress,
  type ContractServer,
  type ContractServerOptions,
  createContractServer,
} from './contract-server.ts';
export { closeCodes, type SocketLimits } from './contract-socket.ts';
export type { InMemoryClient, InMemoryEvent } from './in-memory.ts';
export { createRefusalAudit, type RefusalAudit } from './limited-audit.ts';
export { type MediaContent, MediaLinks, type OpenMedia } from './media-links.ts';
export type {
  Audit,
  AuditEntry,
  Authenticator,
  Logger,
  LoginOutcome,
  LoginProof,
  LoginRefusal,
  SipTickets,
} from './ports.ts';
export type { PublicKind, PublicReply, PublicRequest, PublicRoutes } from './public-routes.ts';
export { contentTypeOf } from './static-files.ts';
export { TokenTable } from './token-table.ts';
export type * from './types.ts';
export { type UploadedFile, Uploads, type UploadsOptions } from './uploads.ts';
