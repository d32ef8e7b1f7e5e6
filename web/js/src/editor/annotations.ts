// What Rust draws into the text: colours, names beside GUIDs, and what became of each clause.

import { type Extension, type Range, StateEffect, type StateEffectType, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

export interface Name { at: number; text: string }
export interface Tokens { tokens: Uint32Array; classes: string[] }

export const setTokens = StateEffect.define<Tokens>();
export const setNames = StateEffect.define<Name[]>();
/** Triples of start, end and outcome. */
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

const marks = new Map<string, Decoration>();

function mark(className: string): Decoration {
  let found = marks.get(className);
  if (!found) marks.set(className, found = Decoration.mark({ class: className }));
  return found;
}

/** Ranges from triples of start, end and a number that names a class; those off the text are left out. */
function triples(numbers: Uint32Array, end: number, classOf: (number: number) => string): Range<Decoration>[] {
  const ranges = [];
  for (let at = 0; at + 2 < numbers.length; at += 3) {
    const from = numbers[at];
    const to = numbers[at + 1];
    if (from < to && to <= end) ranges.push(mark(classOf(numbers[at + 2])).range(from, to));
  }
  return ranges;
}

/** Decorations that an effect draws anew, and that move with the text until it does. */
function drawn<T>(effect: StateEffectType<T>, draw: (value: T, end: number) => Range<Decoration>[], sort: boolean): Extension {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(set, change) {
      const found = change.effects.find((one) => one.is(effect));
      if (found) return Decoration.set(draw(found.value as T, change.state.doc.length), sort);
      return change.docChanged ? set.map(change.changes) : set;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

const OUTCOMES = ["false", "true", "unknown"];

export function annotations(): Extension {
  return [
    drawn(setTokens, ({ tokens, classes }, end) => triples(tokens, end, (one) => `token-${classes[one]}`), false),
    drawn(setNames, (names, end) => names.filter((name) => name.at <= end).map((name) =>
      Decoration.widget({ widget: new NameWidget(name.text), side: 1 }).range(name.at)), false),
    drawn(setOutcomes, (outcomes, end) => triples(outcomes, end, (one) => `outcome outcome-${OUTCOMES[one]}`), true),
  ];
}
