import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { DeliveryView } from '../../shared/desktop/delivery-views.ts';
import { useFormats } from '../i18n/use-formats.ts';
import recordStyles from '../records/records.module.css';
import styles from './deliveries.module.css';

interface CloseShortProps {
  opened: boolean;
  delivery: DeliveryView;
  onCancel: () => void;
  onClose: () => void;
}

/** Says what has not come before a delivery is closed without it. */
export function CloseShort({ opened, delivery, onCancel, onClose }: CloseShortProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const short = delivery.items.filter(({ expected, received }) => received < expected);
  return (
    <Modal
      opened={opened}
      onClose={onCancel}
      title={t('deliveries.closeShort', { code: delivery.code })}
      closeButtonProps={{ 'aria-label': t('common.close'), size: 44 }}
    >
      <p>
        {t('deliveries.closeShortText', {
          count: short.length,
          formatted: formats.number(short.length),
        })}
      </p>
      <ul className={styles['short']}>
        {short.map(({ id, productName, sku, expected, received, unit }) => (
          <li key={id}>
            <span>{productName ?? sku ?? t('records.notHere')}</span>
            <strong className="number">
              {t('deliveries.line.open', {
                quantity: `${formats.number(expected - received)} ${unit}`,
              })}
            </strong>
          </li>
        ))}
      </ul>
      <div className={recordStyles['actions']}>
        <Button onClick={onClose}>{t('deliveries.closeAnyway')}</Button>
        <Button variant="default" onClick={onCancel} data-autofocus>
          {t('records.cancel')}
        </Button>
      </div>
    </Modal>
  );
}
