/**
 * The policy for the renderer's page. Scripts come from our origin only, connections go to the exact addresses given.
 * Styles may be inline: components set positions through style elements and attributes, and with no foreign image,
 * font or connection allowed a style can send nothing out.
 * @param connect exact addresses with port, e.g. `ws://127.0.0.1:4123`, `http://127.0.0.1:4123`
 * @param media addresses that audio may come from besides our origin
 */
export function contentSecurityPolicy(
  connect: readonly string[],
  media: readonly string[] = [],
): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    ['media-src', "'self'", 'blob:', ...media].join(' '),
    "worker-src 'self'",
    "manifest-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}
