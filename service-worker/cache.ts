/** ONE TABLE of what is answered from where. What is in no line goes to the network as if there were no worker; `/api/` always does. */

import { answerAsset } from "./assets.ts";
import { answerPage } from "./pages.ts";
import { worker } from "./scope.ts";
import { answerShell, SHELLS } from "./shells.ts";
import { answerPhoto } from "./thumbnails.ts";

interface Strategy {
  readonly name: string;
  readonly fits: (url: URL, request: Request) => boolean;
  readonly answer: ((event: FetchEvent, url: URL) => Promise<Response>) | null;
}

export const STRATEGIES: readonly Strategy[] = [
  { name: "elsewhere", fits: (url) => url.origin !== worker.location.origin, answer: null },
  { name: "changes something", fits: (_, { method }) => method !== "GET", answer: null },
  { name: "api", fits: ({ pathname }) => pathname.startsWith("/api/"), answer: null },
  { name: "asset", fits: ({ pathname }) => pathname.startsWith("/assets/"), answer: answerAsset },
  { name: "small photo", fits: ({ pathname }) => /^\/photos\/[^/]+\/small$/.test(pathname), answer: answerPhoto },
  { name: "shell", fits: ({ pathname }, { mode }) => mode === "navigate" && SHELLS.includes(pathname), answer: answerShell },
  { name: "page", fits: (_, { mode }) => mode === "navigate", answer: answerPage },
];

export function strategyFor(request: Request): Strategy | undefined {
  const url = new URL(request.url);
  return STRATEGIES.find(({ fits }) => fits(url, request));
}
