import {
  IconAlertTriangle,
  IconCalendar,
  IconCalendarDue,
  IconCircleCheck,
  IconTruckDelivery,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeliveryStage } from './delivery-stage.ts';
import styles from './deliveries.module.css';

const ICONS: Readonly<Record<DeliveryStage, TablerIcon>> = {
  overdue: IconAlertTriangle,
  today: IconCalendarDue,
  arrived: IconTruckDelivery,
  later: IconCalendar,
  closed: IconCircleCheck,
};

/** Where a delivery stands: by sign, word and colour. */
export function StageBadge({ stage }: { stage: DeliveryStage }) {
  const { t } = useTranslation();
  const Icon = ICONS[stage];
  return (
    <span className={styles['state']} data-state={stage}>
      <Icon aria-hidden size={16} />
      {t(`deliveries.stage.${stage}`)}
    </span>
  );
}
