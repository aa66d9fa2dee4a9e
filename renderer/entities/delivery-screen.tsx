import { delivery } from '../../shared/entities/delivery.ts';
import { RecordScreen } from '../records/record-screen.tsx';

// oxlint-disable-next-line import/no-default-export -- lazyPart takes a default export
export default function DeliveryScreen() {
  return <RecordScreen entity={delivery} />;
}
