import { Route, Switch } from 'wouter';
import { DeliveryDetailScreen } from './delivery-detail-screen.tsx';
import { DeliveryListScreen } from './delivery-list-screen.tsx';
import { EditDelivery } from './edit-delivery.tsx';
import { NewDelivery } from './new-delivery.tsx';

/** Expected goods: all of them, one of them, and the form for one. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function DeliveriesScreen() {
  return (
    <Switch>
      <Route path="/deliveries/new" component={NewDelivery} />
      <Route path="/deliveries/:id/edit">{({ id }) => <EditDelivery key={id} id={id} />}</Route>
      <Route path="/deliveries/:id">{({ id }) => <DeliveryDetailScreen key={id} id={id} />}</Route>
      <Route component={DeliveryListScreen} />
    </Switch>
  );
}
