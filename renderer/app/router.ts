import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Dispose } from '#shared/util/index.ts';
import { mayLeaveFor } from './leave-guard.ts';

/** An address inside the window. It lives after `#`, which works for our own scheme and for loopback alike. */
export interface Route {
  /** begins with a slash; no query */
  path: string;
  query: Readonly<Record<string, string>>;
}

export function parseHash(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?', 2);
  return {
    path: path.startsWith('/') ? path : '/',
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

export function toHash(path: string, query: Readonly<Record<string, string>> = {}): string {
  const filled = Object.entries(query).filter(([, value]) => value !== '');
  const search = new URLSearchParams(filled).toString();
  return `#${path}${search ? `?${search}` : ''}`;
}

/**
 * Parameters of a path that fits a pattern (`/debtor/:debtorId`), else null.
 */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (part.startsWith(':')) parameters[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return null;
  }
  return parameters;
}

export const routeStore: StoreApi<Route> = createStore<Route>(() => parseHash(''));

export function startRouter(): Dispose {
  const read = (): void => {
    const { path, query } = routeStore.getState();
    const shown = toHash(path, query);
    const wanted = parseHash(location.hash);
    if (toHash(wanted.path, wanted.query) !== shown && !mayLeaveFor(location.hash)) {
      // something on the page is not saved: it stays, and so does its address
      history.replaceState(null, '', shown);
      return;
    }
    routeStore.setState(wanted, true);
  };
  read();
  addEventListener('hashchange', read);
  return () => removeEventListener('hashchange', read);
}

export function navigate(
  path: string,
  query: Readonly<Record<string, string>> = {},
  /** `urgent`: somebody is on the line, and no question about unsaved work stands in the way */
  options: { replace?: boolean; urgent?: boolean } = {},
): void {
  const hash = toHash(path, query);
  if (options.replace || options.urgent) {
    if (options.replace) history.replaceState(null, '', hash);
    else history.pushState(null, '', hash);
    routeStore.setState(parseHash(hash), true);
  } else {
    location.hash = hash;
  }
}

export function useRoute(): Route {
  return useStore(routeStore);
}

/**
 * One filter that lives in the address: `[value, set]`. Setting it to '' removes it; history is not filled with every
 * letter typed.
 */
export function useQuery(name: string, initial = ''): [string, (value: string) => void] {
  const route = useRoute();
  const value = route.query[name] ?? initial;
  const set = useMemo(
    () => (next: string) => {
      const { path, query } = routeStore.getState();
      navigate(path, { ...query, [name]: next === initial ? '' : next }, { replace: true });
    },
    [name, initial],
  );
  return [value, set];
}
