import styles from './status-dot.module.css';

export type Tone = 'neutral' | 'accent' | 'talk' | 'wait' | 'stop';

/** A state as colour, shape and word: the shapes differ, so that colour is never alone. */
export function StatusDot({ tone, label }: { tone: Tone; label: string }) {
  return (
    <span className={styles.status} data-tone={tone}>
      <svg className={styles.shape} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
        {shapes[tone]}
      </svg>
      <span>{label}</span>
    </span>
  );
}

const shapes: Record<Tone, React.ReactNode> = {
  neutral: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  accent: <circle cx="5" cy="5" r="4.2" fill="currentColor" />,
  talk: <path d="M1 5a4 4 0 1 1 4 4H1z" fill="currentColor" />,
  wait: <path d="M5 .8 9.4 9H.6z" fill="currentColor" />,
  stop: <path d="M.9.9h8.2v8.2H.9z" fill="currentColor" />,
};
