import type { Session } from 'electron';
import { isOurs } from './origin.ts';

/** What our page may do: telephone, choose where it sounds, say that a call came, and reach the engine and the office's network. */
const ALLOWED = new Set([
  'speaker-selection',
  'notifications',
  'local-network-access',
  'local-network',
  'loopback-network',
  'clipboard-sanitized-write',
]);

export interface PermissionQuestion {
  permission: string;
  /** origin or address of the frame that asks */
  origin: string;
  isMainFrame: boolean;
  /** of a question for `media` */
  mediaTypes: readonly string[];
}

/** Whether a page may do something: our origin only, its main frame only, and of media only sound. */
export function isPermitted(question: PermissionQuestion): boolean {
  if (!isOurs(question.origin.replace(/\/$/, '')) || !question.isMainFrame) return false;
  if (question.permission !== 'media') return ALLOWED.has(question.permission);
  return question.mediaTypes.length > 0 && question.mediaTypes.every((type) => type === 'audio');
}

/** Answers every question that Chromium may ask for a page: those that are asked, those that are only looked up, and devices. */
export function installPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    const mediaTypes = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const { requestingUrl, isMainFrame } = details;
    answer(isPermitted({ permission, origin: requestingUrl, isMainFrame, mediaTypes }));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => {
    const { mediaType, isMainFrame } = details;
    const mediaTypes = mediaType === undefined ? [] : [mediaType];
    return isPermitted({ permission, origin: requestingOrigin, isMainFrame, mediaTypes });
  });
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
}

/**
 * Refuses every request that does not go to our own files or to the engine: nothing that a page does leaves this machine, whatever
 * its content.
 */
export function installRequestFilter(session: Session, engineUrl: () => string | null): void {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    answer({ cancel: !isAllowedRequest(url, engineUrl()) });
  });
}

export function isAllowedRequest(url: string, engineUrl: string | null): boolean {
  if (isOurs(url) || /^(data|blob|devtools):/.test(url)) return true;
  if (engineUrl === null) return false;
  const webSocketUrl = engineUrl.replace(/^http/, 'ws');
  return [engineUrl, webSocketUrl].some((base) => url === base || url.startsWith(`${base}/`));
}
