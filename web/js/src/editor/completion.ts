// Completion: what Rust offers at the cursor.

import { autocompletion, type Completion, type CompletionContext, completionKeymap } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

export interface Completions {
  from: number;
  to: number;
  options: { label: string; insert: string; detail: string; kind: string }[];
}

export function completion(offer: (position: number) => Completions | null): Extension {
  const source = (context: CompletionContext) => {
    const typed = context.matchBefore(/[@[{:'\w.\-/]+/);
    if (!context.explicit && !typed) return null;
    const offered = offer(context.pos);
    if (!offered || offered.options.length === 0) return null;
    return {
      from: offered.from,
      to: offered.to,
      filter: true,
      options: offered.options.map((option): Completion => ({
        label: option.label,
        detail: option.detail,
        type: option.kind,
        apply: option.insert,
      })),
    };
  };
  return [
    autocompletion({ override: [source], icons: false, activateOnTyping: true, interactionDelay: 0 }),
    keymap.of(completionKeymap),
  ];
}
