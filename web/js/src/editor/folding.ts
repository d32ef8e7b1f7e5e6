// Folds what stands between brackets that open and close on different lines.

import type { EditorState } from "@codemirror/state";

const CLOSING: Record<string, string> = { "(": ")", "{": "}" };

export function foldRanges(state: EditorState, start: number, end: number): { from: number; to: number } | null {
  const line = state.doc.sliceString(start, end);
  for (let at = line.length - 1; at >= 0; at--) {
    const closing = CLOSING[line[at]];
    if (!closing) continue;
    const close = matching(state, start + at, line[at], closing);
    if (close !== null && close > end) return { from: start + at + 1, to: close };
  }
  return null;
}

function matching(state: EditorState, open: number, opening: string, closing: string): number | null {
  const text = state.doc.sliceString(open);
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quote) {
      if (character === quote || character === "\n") quote = "";
    } else if (character === "'" || character === '"') {
      quote = character;
    } else if (character === opening) {
      depth++;
    } else if (character === closing && --depth === 0) {
      return open + at;
    }
  }
  return null;
}
