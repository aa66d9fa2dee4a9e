import type { RowProblem } from '../../shared/exchange/row-problem.ts';
import { ExportButton } from './export-button.tsx';
import { useProblemWords } from './use-problem-words.ts';

/** The problems as a file, to work through beside the one that has them. */
export function ProblemExport({ problems }: { problems: readonly RowProblem[] }) {
  const words = useProblemWords();
  return (
    <ExportButton<RowProblem>
      name="tallyman-import-problems"
      columns={[
        ['row', ({ row }) => row],
        ['column', ({ field }) => field],
        ['value', ({ value }) => value],
        ['problem', words],
        ['code', ({ code }) => code],
      ]}
      pages={async function* readAll() {
        yield problems;
      }}
    />
  );
}
