"""Forms of a page as a browser without scripts fills them in and sends them."""

import re


def fields(html, action):
    """What the form with this action would send, untouched."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', html, re.DOTALL)[0]
    found = {}
    for tag in re.findall(r"<input[^>]*>", form):
        kind, name, value = (re.search(rf'\b{each}="([^"]*)"', tag) for each in ("type", "name", "value"))
        if not name or (kind and kind[1] in {"checkbox", "radio"} and not re.search(r"\bchecked\b", tag)):
            continue
        found.setdefault(name[1], []).append(value[1] if value else "")
    for name, inside in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found[name] = [inside]
    for name, inside in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        found[name] = re.findall(r'value="([^"]*)"\s*selected', inside) or [""]
    return {name: [plain(value) for value in values] for name, values in found.items()}


def plain(html):
    return html.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")


async def sent(browser, address, action=None, **typed):
    """Open the page, type, send."""
    form = fields((await browser.get(address)).text, action or address)
    return await browser.post(action or address, data={**form, **typed})


def hidden(page, action):
    """The hidden fields of the form that leads there."""
    form = re.search(rf'<form(?:(?!</form>).)*?action="{action}".*?</form>', page, re.DOTALL)[0]
    return {
        re.search(r'name="([^"]*)"', tag)[1]: re.search(r'value="([^"]*)"', tag)[1]
        for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", form)
    }


async def fill(browser, complaint, action, **typed):
    """Open the page and send the form of a step, as a browser without scripts does."""
    page = await browser.get(f"/complaints/{complaint}")
    assert page.status_code == 200, page.text
    files = typed.pop("files", None)
    return await browser.post(action, data={**hidden(page.text, action), **typed}, files=files)
