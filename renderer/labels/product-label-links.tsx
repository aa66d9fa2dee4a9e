import { Button } from '@mantine/core';
import { IconTag, IconTagOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LabelRequest } from './label-item.ts';
import styles from './labels.module.css';

/** Ways from a product to its labels: that of the goods, and that of the place that is found by it while it is empty. */
export function ProductLabelLinks({ productId }: { productId: string }) {
  const { t } = useTranslation();
  const request: LabelRequest = { productIds: [productId], places: [], template: 'product' };
  const ofSlot: LabelRequest = { ...request, template: 'slot' };
  return (
    <div className={styles['links']}>
      <Button
        renderRoot={(props) => <Link {...props} href="/labels" state={request} />}
        variant="default"
        leftSection={<IconTag aria-hidden size={20} />}
      >
        {t('labels.ofProduct')}
      </Button>
      <Button
        renderRoot={(props) => <Link {...props} href="/labels" state={ofSlot} />}
        variant="default"
        leftSection={<IconTagOff aria-hidden size={20} />}
      >
        {t('labels.ofSlot')}
      </Button>
    </div>
  );
}
