import { TallymanError } from '../../../shared/errors.ts';

/** What makes an operation fail for good, and only it. Anything else that is thrown may pass. */
export class OperationRefused extends TallymanError {}
