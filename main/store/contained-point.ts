/** The point that a replica's rows show, as a `ContainedPoint`. Read with the rows, at once; the overlay is asked after. */
export const CONTAINED_POINT =
  'SELECT contained_device AS deviceId, contained_number AS number FROM replica';
