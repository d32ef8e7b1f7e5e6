// Colours from grantif's own lexer.

import { type Extension, RangeSetBuilder, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** The classes, in the order of their numbers; `TOKEN_CLASSES` in Rust says the same. */
const CLASSES = [
  "keyword", "function", "operator", "attribute", "string", "guid", "number", "bracket", "hole",
  "invalid", "comment",
].map((name) => Decoration.mark({ class: `token-${name}` }));

export function tokens(read: (source: string) => Uint32Array): Extension {
  const draw = (doc: Text): DecorationSet => {
    const found = read(doc.toString());
    const builder = new RangeSetBuilder<Decoration>();
    for (let at = 0; at + 2 < found.length; at += 3) {
      const mark = CLASSES[found[at + 2]];
      if (mark && found[at + 1] <= doc.length) builder.add(found[at], found[at + 1], mark);
    }
    return builder.finish();
  };
  return StateField.define<DecorationSet>({
    create: (state) => draw(state.doc),
    update: (drawn, change) => (change.docChanged ? draw(change.state.doc) : drawn),
    provide: (field) => EditorView.decorations.from(field),
  });
}
