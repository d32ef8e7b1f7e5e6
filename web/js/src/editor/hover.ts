// What is under the pointer: an operator's truth table, the role behind a GUID.

import type { Extension } from "@codemirror/state";
import { hoverTooltip } from "@codemirror/view";

export interface Hovered {
  from: number;
  to: number;
  title: string;
  paragraphs: string[];
  columns: string[];
  rows: string[][];
  source: string | null;
}

export function hover(ask: (position: number) => Hovered | null): Extension {
  return hoverTooltip((_view, position) => {
    const found = ask(position);
    if (!found) return null;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: card(found) }) };
  }, { hoverTime: 250 });
}

function element(name: string, className: string, text?: string): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function card(found: Hovered): HTMLElement {
  const dom = element("div", "hover-card");
  dom.append(element("div", "hover-title", found.title));
  for (const paragraph of found.paragraphs) dom.append(element("p", "", paragraph));
  if (found.rows.length > 0) {
    const table = element("table", "");
    const row = (cells: string[], cell: string) => {
      const line = element("tr", "");
      for (const text of cells) line.append(element(cell, "", text));
      table.append(line);
    };
    row(found.columns, "th");
    for (const cells of found.rows) row(cells, "td");
    dom.append(table);
  }
  if (found.source) dom.append(element("div", "hover-source", found.source));
  return dom;
}
