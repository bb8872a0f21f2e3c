/** `[data-hints-from]`: while somebody writes, the page says whom to call first, or whose matter it may be (`<template data-hints>`). */

import { type Hint, recognised } from "../offline/signs.ts";
import { all, cloneOf, fill, first, whenShown } from "../page.ts";

const PAUSE = 400;
const MOST = 2;

let timer: ReturnType<typeof setTimeout> | undefined;

document.addEventListener("input", (event) => {
  if (!(event.target instanceof HTMLTextAreaElement) || event.target.dataset["hintsFrom"] === undefined) return;
  clearTimeout(timer);
  timer = setTimeout(look, PAUSE);
});

document.addEventListener("draft-restored", look);

function look(): void {
  const shown = first("[data-hints-shown]");
  const field = document.querySelector<HTMLTextAreaElement>("[data-hints-from]");
  if (shown === null || field === null) return;
  const fitting = recognised(field.value, hints());
  const [danger] = fitting.filter(({ kind }) => kind === "emergency");
  const others = fitting.filter(({ kind }) => kind === "elsewhere").slice(0, MOST);
  draw(shown, danger === undefined ? others : [danger, ...others]);
}

/** What is shown already stays, so that it is read out once. */
function draw(shown: HTMLElement, wanted: readonly Hint[]): void {
  const there = new Map(all("[data-hint]", shown).map((element) => [element.dataset["hint"], element]));
  const elements = wanted.map((hint) => there.get(hint.code) ?? made(hint)).filter((element) => element !== null);
  if (elements.length === there.size && elements.every((element) => element.parentElement === shown)) return;
  shown.replaceChildren(...elements);
}

function made({ kind, code, title, words, call, tel }: Hint): HTMLElement | null {
  const element = cloneOf(`hint-${kind}`);
  if (element === null) return null;
  element.dataset["hint"] = code;
  for (const [name, text] of Object.entries({ title, words, call })) fill(element, name, text);
  for (const link of element.querySelectorAll<HTMLAnchorElement>("[data-tel]")) {
    if (tel === "") link.removeAttribute("href");
    else link.href = `tel:${tel}`;
  }
  return element;
}

function hints(): readonly Hint[] {
  const template = document.querySelector<HTMLTemplateElement>("template[data-hints]");
  return template === null ? [] : (JSON.parse(template.content.textContent || "[]") as Hint[]);
}

whenShown(look);
