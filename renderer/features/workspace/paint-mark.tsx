import { useEffect } from 'react';

/** Notes when the card of a call has been painted, for the benchmark "connected → card painted". */
export function PaintMark({ callId }: { callId: string }) {
  useEffect(() => {
    // the frame after the one in which this commit is painted
    const frame = requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        performance.mark('dialdesk:card-painted', { detail: { callId } }),
      ),
    );
    return () => cancelAnimationFrame(frame);
  }, [callId]);
  return null;
}
