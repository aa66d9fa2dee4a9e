import { NumberInput, Select, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  SCANNER_LAYOUTS,
  type ScannerProfile,
  scannerProfileField,
} from '../../shared/scan/scanner-profile.ts';
import { SettingsSection } from '../settings/settings-section.tsx';
import type { SettingsAccess } from '../settings/use-settings.ts';
import settingsStyles from '../settings/settings.module.css';

const SUFFIXES: readonly ScannerProfile['suffix'][] = ['Enter', 'Tab', 'none'];
const NUMBERS = ['gapMs', 'minLength', 'quietMs'] as const;

interface ScannerFieldsProps extends Pick<SettingsAccess, 'update' | 'error'> {
  profile: ScannerProfile;
}

/** What calibration finds out, and what only people can know. */
export function ScannerFields({ profile, update, error }: ScannerFieldsProps) {
  const { t } = useTranslation();
  const save = (patch: Partial<ScannerProfile>): void => {
    if (scannerProfileField.partial().safeParse(patch).success) update({ scanner: patch });
  };
  return (
    <SettingsSection title={t('scanner.fields')} text={t('scanner.fieldsText')} error={error}>
      <Select
        label={t('scanner.layout')}
        description={t('scanner.layoutHint')}
        allowDeselect={false}
        data={SCANNER_LAYOUTS.map((layout) => ({
          value: layout,
          label: t(`scanner.layouts.${layout}`),
        }))}
        value={profile.layout}
        onChange={(layout) => {
          if (layout !== null) save({ layout });
        }}
      />
      <TextSetting
        label={t('scanner.prefix')}
        description={t('scanner.prefixHint')}
        value={profile.prefix}
        onSave={(prefix) => save({ prefix })}
      />
      <Select
        label={t('scanner.suffix')}
        allowDeselect={false}
        data={SUFFIXES.map((suffix) => ({ value: suffix, label: t(`scanner.suffixes.${suffix}`) }))}
        value={profile.suffix}
        onChange={(suffix) => {
          if (suffix !== null) save({ suffix });
        }}
      />
      <TextSetting
        label={t('scanner.separators')}
        description={t('scanner.separatorsHint')}
        value={profile.separators.join(' ')}
        onSave={(text) => save({ separators: text.split(/\s+/).filter((each) => each !== '') })}
      />
      {NUMBERS.map((name) => (
        <NumberSetting
          key={name}
          name={name}
          value={profile[name]}
          onSave={(value) => save({ [name]: value })}
        />
      ))}
    </SettingsSection>
  );
}

/** Saves when left or on Enter. */
function TextSetting(props: {
  label: string;
  description: ReactNode;
  value: string;
  onSave: (value: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const save = (): void => {
    setTyped(null);
    if (typed !== null && typed !== props.value) props.onSave(typed);
  };
  return (
    <TextInput
      label={props.label}
      description={props.description}
      autoComplete="off"
      spellCheck={false}
      value={typed ?? props.value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}

function NumberSetting(props: {
  name: (typeof NUMBERS)[number];
  value: number;
  onSave: (value: number) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<number | string | null>(null);
  const { minValue, maxValue } = scannerProfileField.shape[props.name];
  const save = (): void => {
    setTyped(null);
    if (typeof typed === 'number' && typed !== props.value) props.onSave(typed);
  };
  return (
    <NumberInput
      className={settingsStyles['seconds']}
      label={t(`scanner.${props.name}`)}
      description={t(`scanner.${props.name}Hint`)}
      suffix={props.name === 'minLength' ? '' : ' ms'}
      min={minValue ?? 0}
      {...(maxValue === null ? {} : { max: maxValue })}
      clampBehavior="strict"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={typed ?? props.value}
      onChange={setTyped}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save();
      }}
    />
  );
}
