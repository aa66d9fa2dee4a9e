/** Who works on this laptop at the moment, as far as its stores are concerned: whatever is recorded now is theirs. */
export interface PersonHere {
  /** Null where nobody has to sign in. */
  id: string | null;
}
