import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecordingId } from '#shared/domain/index.ts';
import { AppError } from '#shared/errors/index.ts';
import { errorText } from '../app/errors.ts';
import { formatDuration } from '../app/format/index.ts';
import { useServices } from '../app/services.ts';
import styles from './audio-player.module.css';
import { IconButton } from './icon-button.tsx';
import { Waveform } from './waveform.tsx';
import { type Peaks, peaksOf } from './waveform-peaks.ts';

const speeds = [1, 1.25, 1.5, 2] as const;

interface Opened {
  url: string;
  durationMs: number;
  peaks: Peaks | null;
}

/** One recording is heard at a time, wherever on the screen it stands. */
let heard: HTMLAudioElement | null = null;

/**
 * Plays a recording in its place. Nothing is fetched before Play; the engine checks the right to hear it and writes
 * that down. Keys on the picture: arrows seek, Space plays and pauses.
 */
export function AudioPlayer({
  recordingId,
  title,
  durationMs = null,
  onPlayingChange,
}: {
  recordingId: RecordingId;
  title: string;
  /** said before it is opened, where it is known */
  durationMs?: number | null;
  /** so that a list keeps what is heard on the page */
  onPlayingChange?: (playing: boolean) => void;
}) {
  const { t, i18n } = useTranslation();
  const { client } = useServices();
  const audio = useRef<HTMLAudioElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [playing, setPlaying] = useState(false);
  const [positionMs, setPositionMs] = useState(0);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const [error, setError] = useState<unknown>(null);

  const url = opened?.url;
  useEffect(() => {
    if (url) audio.current?.play().catch(setError);
  }, [url]);
  useEffect(() => {
    if (audio.current && url) audio.current.playbackRate = speed;
  }, [speed, url]);

  const open = async (): Promise<void> => {
    setError(null);
    try {
      const { url, durationMs } = await client.send('media.open', { recordingId });
      setOpened({ url, durationMs, peaks: null });
      void draw(url);
    } catch (failure) {
      setError(failure);
    }
  };
  const draw = async (url: string): Promise<void> => {
    try {
      const peaks = peaksOf(await client.send('recording.waveform', { recordingId }));
      setOpened((now) => (now?.url === url ? { ...now, peaks } : now));
    } catch {
      // no picture: it plays all the same, and the player says what keeps it from playing
    }
  };
  const toggle = (): void => {
    if (!opened || error) void open();
    else if (playing) audio.current?.pause();
    else audio.current?.play().catch(setError);
  };
  const seek = (toMs: number): void => {
    if (audio.current) audio.current.currentTime = toMs / 1000;
    setPositionMs(toMs);
  };
  const changed = (now: boolean): void => {
    if (now) {
      if (heard !== audio.current) heard?.pause();
      heard = audio.current;
    }
    setPlaying(now);
    onPlayingChange?.(now);
  };
  const nextSpeed = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
  const speedText = (value: number): string =>
    `${new Intl.NumberFormat(i18n.language).format(value)}×`;

  return (
    <div className={styles.player}>
      <IconButton
        label={playing ? t('audio.pause', { title }) : t('audio.play', { title })}
        icon={
          playing ? <Pause size={14} aria-hidden="true" /> : <Play size={14} aria-hidden="true" />
        }
        data-player-toggle
        onClick={toggle}
      />
      {opened ? (
        <>
          <Waveform
            label={t('audio.position', { title })}
            peaks={opened.peaks}
            durationMs={opened.durationMs}
            positionMs={positionMs}
            onSeek={seek}
            onToggle={toggle}
          />
          <span className={styles.time}>
            {formatDuration(positionMs)} / {formatDuration(opened.durationMs)}
          </span>
          <button
            type="button"
            className={styles.speed}
            aria-label={t('audio.speed', { speed: speedText(speed), title })}
            onClick={() => setSpeed(nextSpeed)}
          >
            {speedText(speed)}
          </button>
          {opened.peaks?.agent ? (
            <span className={styles.legend} aria-hidden="true">
              <span className={styles.debtor}>{t('audio.debtor')}</span>
              <span className={styles.agent}>{t('audio.agent')}</span>
            </span>
          ) : null}
          {/* biome-ignore lint/a11y/useMediaCaption: a call recording has no captions */}
          <audio
            ref={audio}
            src={opened.url}
            onPlay={() => changed(true)}
            onPause={() => changed(false)}
            onEnded={() => changed(false)}
            onTimeUpdate={(event) => setPositionMs(event.currentTarget.currentTime * 1000)}
            onError={() =>
              setError(new AppError('media.not-playable', 'the browser cannot play it'))
            }
          />
        </>
      ) : (
        <span className={styles.time}>
          {t('audio.recording')}
          {durationMs === null ? null : ` ${formatDuration(durationMs)}`}
        </span>
      )}
      {error ? (
        <span role="alert" className={styles.error}>
          {errorText(error, t)}
        </span>
      ) : null}
    </div>
  );
}
