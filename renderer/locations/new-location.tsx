import { Modal } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { location } from '../../shared/entities/location.ts';
import type { Done } from '../records/done-note.tsx';
import { RecordForm } from '../records/record-form.tsx';

interface NewLocationProps {
  opened: boolean;
  /** Null: the form asks for it. */
  siteId: string | null;
  onClose: () => void;
  onDone: (done: Done) => void;
}

export function NewLocation({ opened, siteId, onClose, onDone }: NewLocationProps) {
  const { t } = useTranslation();
  const fixed = useMemo(() => (siteId === null ? undefined : { site_id: siteId }), [siteId]);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('locations.new')}
      closeOnClickOutside={false}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <RecordForm
        entity={location}
        record={null}
        fixed={fixed}
        onDone={onDone}
        onCancel={onClose}
      />
    </Modal>
  );
}
