"""Hands that have only a keyboard, and see at every press where they are."""

from playwright.async_api import Locator, Page

FARTHEST = 150
"""Presses of Tab after which something on a page counts as out of reach."""
LOOK = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return "nowhere";
    const drawn = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 2;
    const covering = [here, here.closest(".choice, .line, .picker__button, .stars__one, .pictures__one, .ask__form")];
    const ringed = covering.some(drawn) || ["::after", "::before"].some((part) => getComputedStyle(here, part).outlineStyle === "solid");
    if (!ringed) return "no ring";
    const { left, right, top, bottom } = (covering.find(drawn) ?? here).getBoundingClientRect();
    if (right - left < 2 || bottom - top < 2) return "no size";
    if (right <= 0 || left >= innerWidth || bottom <= 0 || top >= innerHeight) return "off the screen";
    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const above = document.elementFromPoint(x, y);
    return above && (here.contains(above) || above.contains(here) || covering.some((one) => one?.contains(above))) ? "" : "covered";
}"""
NAME = "() => { const here = document.activeElement; return `${here.tagName} ${here.id || here.name || here.textContent.trim().slice(0, 40)}`; }"


class Keyboard:
    """Goes on by Tab; `lost` holds where the focus could not be seen."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.lost: list[str] = []
        self.presses = 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self._page.keyboard.press(key)
            self.presses += 1

    async def write(self, words: str) -> None:
        await self._page.keyboard.type(words)

    async def go_to(self, target: Locator) -> None:
        """Tab by Tab, looking each time; what is passed on the way is seen too."""
        element = await target.first.element_handle()
        for _ in range(FARTHEST):
            await self.press("Tab")
            await self.see()
            if await self._page.evaluate("(one) => one === document.activeElement", element):
                return
        raise AssertionError(f"no Tab reaches {target}")

    async def go_through(self) -> None:
        """Tab by Tab to the end of the page, and out of it."""
        for _ in range(FARTHEST):
            await self.press("Tab")
            if await self._page.evaluate("document.activeElement === document.body"):
                return
            await self.see()
        raise AssertionError(f"{self._page.url} has no end")

    async def see(self) -> None:
        """Says nothing while the focus is where somebody can see it."""
        if fault := await self._page.evaluate(LOOK):
            self.lost.append(f"{self._page.url.partition('//')[2]}: {fault}: {await self._page.evaluate(NAME)}")
