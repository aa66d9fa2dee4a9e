import { Route, Switch } from 'wouter';
import { CountDetailScreen } from './count-detail-screen.tsx';
import { CountListScreen } from './count-list-screen.tsx';
import { CountReviewScreen } from './count-review-screen.tsx';
import { CountWorkScreen } from './count-work-screen.tsx';
import { PlanCount } from './plan-count.tsx';

/** Counts: all of them, the plan of a new one, one of them, the counting itself, and its review. */
// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function CountsScreen() {
  return (
    <Switch>
      <Route path="/counts/new" component={PlanCount} />
      <Route path="/counts/:id/counting/:locationId?">
        {({ id, locationId }) => (
          <CountWorkScreen key={id} id={id} locationId={locationId ?? null} />
        )}
      </Route>
      <Route path="/counts/:id/review">{({ id }) => <CountReviewScreen key={id} id={id} />}</Route>
      <Route path="/counts/:id">{({ id }) => <CountDetailScreen key={id} id={id} />}</Route>
      <Route component={CountListScreen} />
    </Switch>
  );
}
