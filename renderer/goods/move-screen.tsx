import { GoodsScreen } from './goods-screen.tsx';

/** Goods that go from one place to another; from a dock, they are put away. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function MoveScreen() {
  return <GoodsScreen kind="move" />;
}
