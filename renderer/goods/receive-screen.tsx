import { Route, Switch } from 'wouter';
import { GoodsScreen } from './goods-screen.tsx';
import { ReceiveDelivery } from './receive-delivery.tsx';

/** Goods that come: with a delivery, or by themselves. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function ReceiveScreen() {
  return (
    <Switch>
      <Route path="/receive/:id">{({ id }) => <ReceiveDelivery key={id} id={id} />}</Route>
      <Route>
        <GoodsScreen kind="receive" />
      </Route>
    </Switch>
  );
}
