"""What does not fit on a page as it stands in a browser: sideways scrolling, text beyond the screen, out of its box, or cut off in it."""

from playwright.async_api import Page

LOOK = """() => {
    const found = [];
    const tell = (what, element, text) => found.push(`${what}: ${element.tagName.toLowerCase()}.${[...element.classList].join(".")} “${text.trim().slice(0, 40)}”`);
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.push(`scrolls sideways by ${root.scrollWidth - innerWidth} px`);
    const unseen = (element) => element.closest(".hidden, .skip, .map__ground, dialog:not([open]), option, template, svg") !== null;
    const ancestors = function* (element) { for (let at = element; at && at !== document.body; at = at.parentElement) yield at; };
    const isBox = (style) => style.display !== "inline" && (parseFloat(style.borderInlineEndWidth) > 0 || !/^(transparent|rgba\\(.*, 0\\))$/.test(style.backgroundColor));
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || unseen(element) || !element.checkVisibility({ visibilityProperty: true })) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const [right, left, bottom] = [...range.getClientRects()].reduce(
            ([r, l, b], rect) => [Math.max(r, rect.right), Math.min(l, rect.left), Math.max(b, rect.bottom)], [-Infinity, Infinity, -Infinity]);
        if (right === -Infinity) continue;
        let scrolls = false, boxed = false;
        for (const at of ancestors(element)) {
            const style = getComputedStyle(at), box = at.getBoundingClientRect();
            const shortens = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
            if (/auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth + 1) scrolls = true;
            if (shortens) { boxed = true; break; }
            if (/hidden|clip/.test(style.overflowX) && (right > box.right + 1 || left < box.left - 1)) { tell("cut off", at, node.data); boxed = true; break; }
            if (/hidden|clip/.test(style.overflowY) && bottom > box.bottom + 2) { tell("cut off below", at, node.data); boxed = true; break; }
            if (!boxed && !scrolls && isBox(style) && (right > box.right + 1 || left < box.left - 1)) { tell("out of its box", at, node.data); boxed = true; }
        }
        if (!scrolls && !boxed && (right > innerWidth + 1 || left < -1)) tell("beyond the screen", element, node.data);
    }
    for (const control of document.querySelectorAll("main a, main button, main summary, main input, main select, main textarea, nav a")) {
        if (unseen(control) || !control.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        const { left, right, width } = control.getBoundingClientRect();
        if (width > 1 && (right > innerWidth + 1 || left < -1)) tell("beyond the screen", control, control.textContent || control.name);
    }
    return [...new Set(found)];
}"""
"""Shortened with an ellipsis, and what scrolls in itself, is meant so. The names on a map lie where there is room."""


async def faults(page: Page) -> list[str]:
    """A sentence for each thing that does not fit."""
    return [str(line) for line in await page.evaluate(LOOK)]
