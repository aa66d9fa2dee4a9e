import { Button, Slider, Switch } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useScanFeedback } from '../scan/use-scan-feedback.ts';
import { SettingsSection } from './settings-section.tsx';
import { useSettings } from './use-settings.ts';
import styles from './settings.module.css';

/** How the app makes itself noticed, and how large it is to the finger. */
export function FeedbackSettings() {
  const { t } = useTranslation();
  const { settings, update, error } = useSettings();
  const signal = useScanFeedback();
  if (!settings) return null;
  const { feedback, touchMode, singleKeyShortcuts } = settings;
  const toggle = (
    name: 'sound' | 'flash' | 'touch' | 'singleKeys',
    checked: boolean,
    onChange: (isOn: boolean) => void,
  ) => (
    <Switch
      className={styles['choice']}
      classNames={{ description: styles['hint'] ?? '' }}
      label={t(`settings.feedback.${name}`)}
      description={t(`settings.feedback.${name}Hint`)}
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
  return (
    <SettingsSection
      title={t('settings.feedback.title')}
      text={t('settings.feedback.text')}
      error={error}
    >
      {toggle('sound', feedback.sound, (sound) => update({ feedback: { sound } }))}
      <VolumeSlider
        volume={feedback.volume}
        disabled={!feedback.sound}
        onSave={(volume) => update({ feedback: { volume } })}
      />
      <Button
        variant="default"
        className={styles['try'] ?? ''}
        leftSection={<IconVolume aria-hidden size={20} />}
        onClick={() => signal('ok', t('settings.feedback.tried'))}
      >
        {t('settings.feedback.try')}
      </Button>
      {toggle('flash', feedback.flash, (flash) => update({ feedback: { flash } }))}
      {toggle('touch', touchMode, (isOn) => update({ touchMode: isOn }))}
      {toggle('singleKeys', singleKeyShortcuts, (isOn) => update({ singleKeyShortcuts: isOn }))}
    </SettingsSection>
  );
}

const VOLUME_STEP = 10;

/** Saves when let go, not at every pixel on the way. */
function VolumeSlider(props: {
  volume: number;
  disabled: boolean;
  onSave: (volume: number) => void;
}) {
  const { t } = useTranslation();
  const [dragged, setDragged] = useState<number | null>(null);
  return (
    <div>
      <span className={styles['label']} id="volume">
        {t('settings.feedback.volume')}
      </span>
      <Slider
        className={styles['volume'] ?? ''}
        thumbProps={{ 'aria-labelledby': 'volume' }}
        size="lg"
        thumbSize={28}
        min={0}
        max={100}
        step={VOLUME_STEP}
        label={(value) => `${value} %`}
        disabled={props.disabled}
        value={dragged ?? props.volume}
        onChange={setDragged}
        onChangeEnd={(volume) => {
          setDragged(null);
          if (volume !== props.volume) props.onSave(volume);
        }}
      />
    </div>
  );
}
