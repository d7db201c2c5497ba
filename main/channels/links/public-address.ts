/**
 * An address below the engine's on the internet. The firm's proxy may keep a path of its own before ours: it takes it off
 * before it asks the engine.
 * @param publicBaseUrl as set; '' when there is none
 * @param path begins with `/`
 */
export function publicUrlOf(publicBaseUrl: string, path: string): string | null {
  if (!URL.canParse(publicBaseUrl)) return null;
  return publicBaseUrl.replace(/[?#].*$/, '').replace(/\/+$/, '') + path;
}

/** `Host` of requests that come by the address on the internet, in lower case; null when there is none. */
export function hostOfBaseUrl(publicBaseUrl: string): string | null {
  return URL.canParse(publicBaseUrl) ? new URL(publicBaseUrl).host.toLowerCase() : null;
}
