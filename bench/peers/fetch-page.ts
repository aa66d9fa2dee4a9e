import { assert } from '../../shared/domain/assert.ts';

export interface Page<Row> {
  rows: Row[];
  cursor: number;
  more: boolean;
}

export interface PageChoice {
  form: 'objects' | 'arrays';
  after: number;
  /** All that there are if not given. */
  limit?: number | undefined;
}

/** One page of the source: JSON without compression, which costs more than it saves within one machine. */
export async function fetchPage<Row>(
  sourceUrl: string,
  { form, after, limit }: PageChoice,
): Promise<Page<Row>> {
  const end = limit === undefined ? '' : `&limit=${limit}`;
  const answer = await fetch(`${sourceUrl}/${form}?after=${after}${end}`);
  assert(answer.ok, `a page of the source, not ${answer.status}`);
  return (await answer.json()) as Page<Row>;
}
