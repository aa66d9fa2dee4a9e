import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../i18n/use-formats.ts';
import { useTRPC } from '../trpc.ts';
import { AccountPanel } from './account-panel.tsx';
import { useSignedIn } from './use-session.ts';
import styles from './session.module.css';

/** Who is signed in here, what they may see, and for how long without the server. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function AccountScreen() {
  const { t } = useTranslation();
  const formats = useFormats();
  const trpc = useTRPC();
  const { data: info } = useQuery(trpc.app.info.queryOptions());
  const person = useSignedIn();
  if (!person) return null;
  const { name, role, sites, waiting, leaseEndsAt, hasPin } = person;
  const facts = [
    [t('people.roleLabel'), t(`people.role.${role}`)],
    [
      t('account.sites'),
      sites.map((site) => `${site.name} (${site.code})`).join(', ') || t('account.noSites'),
    ],
    [
      t('account.unsent'),
      waiting === 0
        ? t('account.allSent')
        : t('session.unsent', { count: waiting, formatted: formats.number(waiting) }),
    ],
    [t('account.pin'), t(hasPin ? 'account.pinIsSet' : 'account.pinIsNot')],
    [t('account.leaseEnds'), formats.dateTime(leaseEndsAt)],
    ...(info?.areSecretsEncrypted === false
      ? [[t('account.protection'), t('account.notEncrypted')] as const]
      : []),
  ] as const;
  return (
    <div className={styles['account']}>
      <h1>{name}</h1>
      <div className={styles['accountColumns']}>
        <dl className={styles['facts']}>
          {facts.map(([what, value]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <div className={styles['panel']}>
          <AccountPanel person={person} />
        </div>
      </div>
    </div>
  );
}
