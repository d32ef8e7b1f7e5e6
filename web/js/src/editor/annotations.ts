// Names beside GUIDs, and what became of each clause for the current request.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

export interface Name { at: number; text: string }

export const setNames = StateEffect.define<Name[]>();
export const setOutcomes = StateEffect.define<Uint32Array>();

class NameWidget extends WidgetType {
  constructor(private readonly text: string) {
    super();
  }

  override eq(other: NameWidget): boolean {
    return other.text === this.text;
  }

  toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = "name-inlay";
    element.textContent = this.text;
    return element;
  }
}

const OUTCOMES = ["false", "true", "unknown"].map((name) =>
  Decoration.mark({ class: `outcome outcome-${name}`, inclusive: false }));

const names = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(drawn, change) {
    drawn = drawn.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setNames)) continue;
      const end = change.state.doc.length;
      drawn = Decoration.set(
        effect.value.filter((name) => name.at <= end).map((name) =>
          Decoration.widget({ widget: new NameWidget(name.text), side: 1 }).range(name.at)),
        true,
      );
    }
    return drawn;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const outcomes = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(drawn, change) {
    drawn = drawn.map(change.changes);
    for (const effect of change.effects) {
      if (!effect.is(setOutcomes)) continue;
      const end = change.state.doc.length;
      const ranges = [];
      for (let at = 0; at + 2 < effect.value.length; at += 3) {
        const [from, to, outcome] = effect.value.subarray(at, at + 3);
        if (from < to && to <= end) ranges.push(OUTCOMES[outcome].range(from, to));
      }
      drawn = Decoration.set(ranges, true);
    }
    return drawn;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function annotations(): Extension {
  return [names, outcomes];
}
