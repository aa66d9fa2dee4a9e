/** GS1's separator (FNC1) in transmitted data. */
export const GS = '\u001d';
