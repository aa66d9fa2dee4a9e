import { Button } from '@mantine/core';
import { IconPasswordUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { PinForm } from './pin-form.tsx';
import styles from './session.module.css';

/** After a sign-in by password: a PIN saves typing it each time, and works without a network. */
export function PinOffer({ name, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <section className={styles['card']}>
      <IconPasswordUser aria-hidden size={40} className={styles['emblem']} />
      <h1>{t('session.offer.title', { name })}</h1>
      <p className="quiet">{t('session.offer.text')}</p>
      <PinForm onDone={onDone}>
        <Button type="button" variant="default" onClick={onDone}>
          {t('session.offer.skip')}
        </Button>
      </PinForm>
    </section>
  );
}
