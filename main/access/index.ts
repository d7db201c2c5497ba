export { type AuditRecord, insertAuditEntry } from './audit-entries.ts';
export { type Access, type AccessOptions, createAccess, WINDOW_LOGIN_MS } from './create-access.ts';
export { findPerson, firstOfRole, listPeople, type PersonData } from './people.ts';
export { SIP_REALM, type SipAccounts, type SipGrant } from './sip-logins.ts';
export { accessWrites, ensurePerson } from './writes.ts';
