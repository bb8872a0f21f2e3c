/** What every behaviour needs of a page: when to look at it, and how to fill what the server left open. */

const looks: (() => void)[] = [];

/** Now, after each part htmx has put in, and when the browser brings the page back from its memory. */
export function whenShown(look: () => void): void {
  looks.push(look);
  look();
}

export function lookAgain(): void {
  for (const look of looks) look();
}

document.addEventListener("htmx:after:swap", lookAgain);
addEventListener("pageshow", (event) => {
  if (event.persisted) lookAgain();
});

export function all(selector: string, within: ParentNode = document): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(selector)];
}

export function first(selector: string, within: ParentNode = document): HTMLElement | null {
  return within.querySelector<HTMLElement>(selector);
}

export function show(element: Element | null | undefined, visible = true): void {
  if (element instanceof HTMLElement) element.hidden = !visible;
}

/** Text into the places the server named; a place that is not there is not missed. */
export function fill(within: ParentNode, name: string, text: string): void {
  for (const element of all(`[data-slot="${name}"]`, within)) element.textContent = text;
}

/** A sentence of the server's with its gaps filled: `{time}`. */
export function sentence(words: string, values: Readonly<Record<string, string>>): string {
  return words.replace(/\{(\w+)\}/g, (gap, name: string) => values[name] ?? gap);
}

export function cloneOf(name: string, near: Element = document.body): HTMLElement | null {
  const scope = near.querySelector(`template[data-template="${name}"]`) ?? document.querySelector(`template[data-template="${name}"]`);
  const copy = scope instanceof HTMLTemplateElement ? scope.content.firstElementChild?.cloneNode(true) : null;
  return copy instanceof HTMLElement ? copy : null;
}

/** The element a click meant, if it stands in one that answers to `selector`. */
export function clicked(event: Event, selector: string): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null;
}

export function onClick(selector: string, act: (element: HTMLElement, event: Event) => unknown): void {
  document.addEventListener("click", (event) => {
    const element = clicked(event, selector);
    if (element !== null) act(element, event);
  });
}

const CITY = { timeZone: "Asia/Jakarta" } as const;
const clock = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit", ...CITY });
const day = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long", year: "numeric", ...CITY });
const size = new Intl.NumberFormat("id-ID", { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });

export function clockTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** A date alone (`2026-02-19`) is a day of the city, not a moment. Written as the server does: "Kamis 19 Februari 2026". */
export function dayOf(iso: string): string {
  return day.format(new Date(iso.length === 10 ? `${iso}T12:00:00+07:00` : iso)).replace(",", "");
}

export function kilobytes(bytes: number): string {
  return size.format(Math.max(1, Math.round(bytes / 1000)));
}
