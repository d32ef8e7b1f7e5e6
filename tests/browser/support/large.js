// A condition of about eight kilobytes, as large as Azure takes: many paths, for several actions.

const BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs";
const LIMIT = 8_100;

export function largeCondition() {
  const card = (action, lines) =>
    `(\n (\n  !(ActionMatches{'${BLOBS}/${action}'})\n )\n OR\n (\n${lines.join("\n  OR\n")}\n )\n)`;
  const line = (at) => `  @Resource[${BLOBS}:path] StringLike 'team-${at}/reports/*'`;
  const cards = ["read", "write", "delete", "add/action"].map((action) => ({ action, lines: [] }));
  let text = "";
  for (let at = 0; ; at++) {
    cards[at % cards.length].lines.push(line(at));
    const used = cards.filter((one) => one.lines.length > 0);
    const longer = used.map((one) => card(one.action, one.lines)).join("\nAND\n");
    if (longer.length > LIMIT) return text;
    text = longer;
  }
}
