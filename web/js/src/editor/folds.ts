// Folds what Rust says can be folded.

import { foldService } from "@codemirror/language";
import { type Extension, StateEffect, StateField } from "@codemirror/state";

export const setFolds = StateEffect.define<[number, number][]>();

const found = StateField.define<[number, number][]>({
  create: () => [],
  update(folds, change) {
    for (const effect of change.effects) if (effect.is(setFolds)) return effect.value;
    return folds;
  },
});

export function folds(): Extension {
  return [
    found,
    foldService.of((state, start, end) => {
      const length = state.doc.length;
      // The widest range that starts in the line; its brackets stay in sight.
      const fold = state.field(found).find(([from, to]) =>
        from >= start && from <= end && to > end && to <= length);
      return fold ? { from: fold[0] + 1, to: fold[1] - 1 } : null;
    }),
  ];
}
