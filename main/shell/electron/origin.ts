/** Our own scheme: no other program's page can have this origin, and no `file:` page has rights. */
export const SCHEME = 'dialdesk';
export const ORIGIN = `${SCHEME}://app`;
export const START_PAGE = `${ORIGIN}/index.html`;

/** Whether an address belongs to our page. */
export function isOurs(url: string): boolean {
  return url === ORIGIN || url.startsWith(`${ORIGIN}/`);
}
