import { IconUserQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AttentionSource } from '../home/attention.ts';
import { usePerson } from './use-person.ts';

/** Work without a name can be done, but nobody can be asked about it later. */
export const useNobody: AttentionSource = () => {
  const { t } = useTranslation();
  if (usePerson() !== null) return [];
  const words = t('people.sayWho');
  return [{ id: 'nobody', tone: 'plain', words, path: '/people', Icon: IconUserQuestion }];
};
