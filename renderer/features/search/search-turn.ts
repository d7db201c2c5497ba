import type { CommandOutput, SearchHit } from '#shared/contract/index.ts';

/**
 * What the search shows. Hits of the former query stay until those of the next are there, so that nothing flickers;
 * `shownFor` says whose they are.
 *
 *   typed ──> (waits, then asks) ──> found    failed: the former hits go, the reason shows
 */
export interface SearchView {
  /** what stands in the field, trimmed */
  query: string;
  /** the query that `hits` answer; null before the first answer */
  shownFor: string | null;
  hits: readonly SearchHit[];
  /** false: the index is still being built */
  complete: boolean;
  error: unknown;
}

export const nothingSearched: SearchView = {
  query: '',
  shownFor: null,
  hits: [],
  complete: true,
  error: null,
};

export type SearchEvent =
  | { type: 'typed'; query: string }
  | { type: 'found'; query: string; answer: CommandOutput<'search.find'> }
  | { type: 'failed'; query: string; error: unknown };

/** Answers to a query that is not in the field any more are dropped. */
export function searchTurn(view: SearchView, event: SearchEvent): SearchView {
  switch (event.type) {
    case 'typed':
      return { ...view, query: event.query };
    case 'found':
      if (event.query !== view.query) return view;
      return {
        query: view.query,
        shownFor: event.query,
        hits: event.answer.hits,
        complete: event.answer.complete,
        error: null,
      };
    case 'failed':
      if (event.query !== view.query) return view;
      return { ...view, shownFor: event.query, hits: [], error: event.error };
  }
}

/** True while the hits on the screen are not those of what was typed. */
export function isWaiting(view: SearchView): boolean {
  return view.shownFor !== view.query;
}
