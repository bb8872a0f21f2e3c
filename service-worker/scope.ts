/** What the worker needs of its surroundings: itself, typed, and what the build wrote into it. */

declare const self: ServiceWorkerGlobalScope;
declare const __PRECACHE__: readonly string[];
declare const __LATER__: readonly string[];
declare const __BUILD__: string;

export const worker = self;
export const build = __BUILD__;
export const assets = __PRECACHE__;
export const later = __LATER__;
