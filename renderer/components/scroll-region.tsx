import type { ReactNode } from 'react';

/** A part of a page that scrolls by itself: named, and reachable by keyboard so that it can be scrolled. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus (WCAG 2.1.1)
    <section aria-label={label} className={className} tabIndex={0}>
      {children}
    </section>
  );
}
