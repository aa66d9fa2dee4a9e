import { GoodsScreen } from './goods-screen.tsx';

/** Goods that leave. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function IssueScreen() {
  return <GoodsScreen kind="issue" />;
}
