import { useTranslation } from 'react-i18next';
import type { RowProblem } from '../../shared/exchange/row-problem.ts';

/** What is wrong and what to do about it. */
export function useProblemWords(): (problem: RowProblem) => string {
  const { t } = useTranslation();
  return ({ code, facts }) => t(`exchange.problem.${code}`, facts);
}
