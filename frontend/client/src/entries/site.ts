/** What every page loads: the styles. */
export {};
