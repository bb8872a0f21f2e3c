/** What is fetched when a map is wanted. It shares nothing with the page's own script, so that the first load stays one file. */

export { pickPoint } from "./pick.ts";
export { showPoints } from "./view.ts";
