//! The parser: what it reads, what it says, and that it always ends.

use abac_syntax::{
    AttributeForm, ExprKind, Holes, LiteralKind, MAX_DEPTH, MAX_DIAGNOSTICS, MAX_SOURCE_BYTES,
    Operand, Parsed, TokenKind, Tree, blocks, parse, parse_with, tokenize,
};

const NAME: &str = "@Resource[Microsoft.Storage/storageAccounts/blobServices/containers:name]";

/// Writes a tree as nested brackets, with the text of what has no subexpressions.
fn shape(source: &str, tree: &Tree) -> String {
    fn write(source: &str, tree: &Tree, id: abac_syntax::ExprId) -> String {
        let parts: Vec<String> =
            tree.subexpressions(id).into_iter().map(|child| write(source, tree, child)).collect();
        match tree.kind(id) {
            ExprKind::And(_) => format!("and[{}]", parts.join(" ")),
            ExprKind::Or(_) => format!("or[{}]", parts.join(" ")),
            ExprKind::Not { .. } => format!("not[{}]", parts.join(" ")),
            ExprKind::Group(_) => format!("({})", parts.join(" ")),
            ExprKind::Call { function, .. } => function.as_str().to_owned(),
            ExprKind::Exists { .. } => "exists".to_owned(),
            ExprKind::Comparison { .. } => tree.expr(id).span.of(source).to_owned(),
            ExprKind::Hole => "hole".to_owned(),
            ExprKind::Error => "error".to_owned(),
        }
    }
    tree.root().map_or(String::new(), |root| write(source, tree, root))
}

/// Parses what must be well-formed and gives its shape.
fn reads(source: &str) -> String {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    shape(source, &parsed.tree)
}

/// The findings as `id: selected text`.
fn findings(source: &str, parsed: &Parsed) -> Vec<String> {
    let found = &parsed.diagnostics;
    found.iter().map(|one| format!("{}: {}", one.id, one.span.of(source))).collect()
}

fn finds(source: &str, expected: &[&str]) -> Tree {
    let parsed = parse(source);
    assert_eq!(findings(source, &parsed), expected, "{source}");
    parsed.tree
}

#[test]
fn logical_operators_nest_by_strength() {
    let source = "@Environment[a] BoolEquals true";
    let test = |shape: &str| shape.replace('x', source);
    let text = |text: &str| text.replace('x', source);
    assert_eq!(reads(&text("x AND x AND x")), test("and[x x x]"));
    assert_eq!(reads(&text("x OR x AND x OR x")), test("or[x and[x x] x]"));
    assert_eq!(reads(&text("x && x || !x")), test("or[and[x x] not[x]]"));
    assert_eq!(reads(&text("NOT x AND x")), test("and[not[x] x]"));
    assert_eq!(reads(&text("not (x Or x) aNd !!x")), test("and[not[(or[x x])] not[not[x]]]"));
    assert_eq!(reads(&text("((x))")), test("((x))"));
}

#[test]
fn functions_and_white_space() {
    assert_eq!(
        reads("!(ActionMatches{'a/b'} AND NOT\nSubOperationMatches{'c'})"),
        "not[(and[ActionMatches not[SubOperationMatches]])]"
    );
    assert_eq!(reads("Exists @Environment[a]"), "exists");
    assert_eq!(reads("actionmatches {'a'}OR(EXISTS @request[b])"), "or[ActionMatches (exists)]");
}

#[test]
fn comparisons_keep_their_sides() {
    let source = "@Request[a:b]ForAnyOfAnyValues:GuidEquals{5e467623-bb1f-42f4-a55d-6e525e11384b,\
                  49fc33c1886f4b21a00e1d9993234734}";
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, []);
    let root = parsed.tree.root().unwrap();
    let ExprKind::Comparison { left, operator, right } = parsed.tree.kind(root) else {
        panic!("a comparison");
    };
    assert_eq!(parsed.tree.operand_span(left).of(source), "@Request[a:b]");
    assert_eq!(operator.span.of(source), "ForAnyOfAnyValues:GuidEquals");
    let guids: Vec<String> = parsed
        .tree
        .operand_literals(right)
        .iter()
        .map(|literal| match literal.kind {
            LiteralKind::Guid(guid) => guid.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        guids,
        ["5e467623-bb1f-42f4-a55d-6e525e11384b", "49fc33c1-886f-4b21-a00e-1d9993234734"]
    );
}

#[test]
fn literals_have_kinds() {
    for (text, kind) in [
        ("-12", LiteralKind::Integer(-12)),
        ("true", LiteralKind::Boolean(true)),
        ("False", LiteralKind::Boolean(false)),
    ] {
        let source = format!("@Environment[a] StringEquals {text}");
        let parsed = parse(&source);
        assert_eq!(parsed.diagnostics, []);
        assert_eq!(parsed.tree.literals().next().unwrap().1.kind, kind);
    }
    for (text, value) in [
        ("''", ""),
        ("'a b'", "a b"),
        ("'it''s'", "it's"),
        (r"'it\'s'", "it's"),
        (r"'C:\'", r"C:\"),
    ] {
        let source = format!("@Environment[a] StringEquals {text}");
        let parsed = parse(&source);
        assert_eq!(parsed.diagnostics, [], "{source}");
        assert_eq!(parsed.tree.literals().next().unwrap().1.text(&source), value, "{source}");
    }
}

#[test]
fn attributes_have_forms() {
    let cases = [
        ("@Environment[UtcNow]", AttributeForm::Plain, "UtcNow", ""),
        ("@Resource[A.B/c:name]", AttributeForm::Typed, "A.B/c", "name"),
        (
            "@Resource[A.B/tags:a:b =/.-<$key_case_sensitive$>]",
            AttributeForm::Keyed,
            "A.B/tags",
            "a:b =/.-",
        ),
        ("@Request[A.B/tags&$keys$&]", AttributeForm::KeyList, "A.B/tags", ""),
    ];
    for (text, form, path, name) in cases {
        let source = format!("Exists {text}");
        let parsed = parse(&source);
        assert_eq!(parsed.diagnostics, [], "{source}");
        let (_, attribute) = parsed.tree.attributes().next().unwrap();
        assert_eq!(attribute.form, form);
        assert_eq!(attribute.path.of(&source), path);
        assert_eq!(attribute.name.of(&source), name);
    }
    let key = |text: &str| {
        let source = format!("Exists {text}");
        parse(&source).tree.attributes().next().unwrap().1.key(&source)
    };
    assert_eq!(key("@RESOURCE[A.B/C:Name]"), key("@Resource[a.b/c:name]"));
    assert_ne!(
        key("@Resource[a/tags:X<$key_case_sensitive$>]"),
        key("@Resource[a/tags:x<$KEY_case_sensitive$>]")
    );
}

#[test]
fn all_errors_of_a_text_are_found() {
    finds(
        &format!("({NAME} 'a') AN ({NAME} StringEqual 'b') OR (Exists 'c'"),
        &[
            "missing-operator:  ",
            "unexpected-text: AN",
            "missing-logical-operator: (",
            "unknown-operator: StringEqual",
            "exists-argument: 'c'",
            "unclosed-parenthesis: ",
        ],
    );
}

#[test]
fn what_is_readable_beside_an_error_is_read() {
    let source = format!("({NAME} ) OR ({NAME} StringEquals 'b') AND )");
    let tree = finds(&source, &["missing-operator:  ", "expected-expression: )"]);
    assert_eq!(shape(&source, &tree), format!("or[(error) and[({NAME} StringEquals 'b') error]]"));
}

#[test]
fn operators_of_other_languages_are_explained() {
    for (operator, help) in [
        ("==", "write the operator of the attribute's type"),
        ("StringIn", "did you mean `ForAnyOfAnyValues:StringEquals`?"),
        ("NumericGreaterThanOrEquals", "did you mean `NumericGreaterThanEquals`?"),
        ("ForAnyOfAnyValue:StringEqual", "did you mean `ForAnyOfAnyValues:StringEquals`?"),
        ("StringContains", "write `StringLike '*text*'`"),
    ] {
        let parsed = parse(&format!("{NAME} {operator} 'a'"));
        assert_eq!(parsed.diagnostics[0].id, "unknown-operator");
        let said = parsed.diagnostics[0].help.clone().unwrap();
        assert!(said.starts_with(help), "{operator}: {said}");
    }
}

#[test]
fn holes_stand_for_values_elements_parts_operators_and_clauses() {
    let clean = [
        "${guard} OR (@Resource[${type}:name] StringEquals '${name}-x')",
        "@Request[a:b] ForAnyOfAnyValues:GuidEquals {${a}, $b}",
        "@Request[a:b] ForAnyOfAnyValues:GuidEquals {${join(\", \", [for r in x : r.id])}}",
        "@Request[a:b] ForAnyOfAnyValues:GuidEquals {{roles}} AND Exists @Request[a:c]",
        "@Request[a:b] GuidEquals <role-id>",
        "@Request[a:b] %s '%s'",
        "@Request[a:b] ForAnyOfAnyValues:GuidEquals {ROLE_IDS}",
        "@Resource[a/tags:${key}<$key_case_sensitive$>] StringEquals '${a ? 'b' : 'c'}'",
        "@Request[a:b] ForAnyOfAnyValues:GuidEquals {%{ for r in roles ~}${r},%{ endfor }}",
        "${first} ${second}",
    ];
    for source in clean {
        let parsed = parse_with(source, Holes::Allowed);
        assert_eq!(findings(source, &parsed), [] as [&str; 0], "{source}");
        assert!(!parse(source).diagnostics.is_empty() || source.contains("'%s'"), "{source}");
    }
    let source = "@Request[a:b] ForAnyOfAnyValues:GuidEquals ${roles} AND (";
    let parsed = parse_with(source, Holes::Allowed);
    assert_eq!(findings(source, &parsed), ["expected-expression: "]);
}

#[test]
fn strings_and_attributes_know_their_holes() {
    let source = "@Resource[a/${b}:c] StringEquals '{subscription}/x' AND Exists @Request[d]";
    let parsed = parse_with(source, Holes::Allowed);
    let holes: Vec<bool> = parsed.tree.attributes().map(|(_, one)| one.hole).collect();
    assert_eq!(holes, [true, false]);
    let (_, literal) = parsed.tree.literals().next().unwrap();
    assert!(matches!(literal.kind, LiteralKind::String { hole: true, .. }));
}

#[test]
fn nothing_is_too_deep_or_too_long_to_answer() {
    let deep = |open: &str, close: &str, levels: usize| {
        format!("{}Exists @Request[a]{}", open.repeat(levels), close.repeat(levels))
    };
    assert_eq!(parse(&deep("(", ")", MAX_DEPTH)).diagnostics, []);
    assert_eq!(parse(&deep("!", "", MAX_DEPTH)).diagnostics, []);
    for source in [deep("(", ")", MAX_DEPTH + 1), deep("NOT ", "", MAX_DEPTH + 1)] {
        let parsed = parse(&format!("{source} AND Exists @Request[b]"));
        let ids: Vec<&str> = parsed.diagnostics.iter().map(|one| one.id.as_ref()).collect();
        assert_eq!(ids, ["nested-too-deeply"]);
    }
    for text in ["(", ")", "!", "{", "'", "@Resource[", "AND ", "a ", "a{", ",", "${", "\u{a0}"] {
        let source = text.repeat(MAX_SOURCE_BYTES / text.len() / 8);
        let parsed = parse(&source);
        assert!(!parsed.diagnostics.is_empty(), "{text}");
        assert!(parse_with(&source, Holes::Allowed).diagnostics.len() <= MAX_DIAGNOSTICS);
    }
    let source = " ".repeat(MAX_SOURCE_BYTES + 1);
    assert_eq!(findings(&source, &parse(&source)), ["too-large: "]);
}

#[test]
fn a_chain_of_any_length_is_one_node() {
    let source = vec!["Exists @Request[a]"; 20_000].join(" AND ");
    let parsed = parse(&source);
    assert_eq!(parsed.diagnostics, []);
    let root = parsed.tree.root().unwrap();
    assert_eq!(parsed.tree.subexpressions(root).len(), 20_000);
}

#[test]
fn tokens_tile_the_text() {
    let source = "!(ActionMatches{'a'})\r\n AND\u{a0}@R[x]  == \"b\" // c\n{1,2.5} `é \u{201c}d";
    for holes in [Holes::Refused, Holes::Allowed] {
        let mut at = 0;
        for token in tokenize(source, holes) {
            assert_eq!(token.span.start, at);
            assert!(!token.span.is_empty());
            at = token.span.end;
        }
        assert_eq!(at as usize, source.len());
    }
    let kinds: Vec<TokenKind> = tokenize("@R[x] StringEquals{true}", Holes::Refused)
        .into_iter()
        .map(|token| token.kind)
        .collect();
    use TokenKind::{Attribute, Boolean, LeftBrace, RightBrace, Whitespace, Word};
    assert_eq!(kinds, [Attribute, Whitespace, Word, LeftBrace, Boolean, RightBrace]);
}

#[test]
fn the_guard_model_is_recognised() {
    let source = "(!(ActionMatches{'a'} AND NOT SubOperationMatches{'s'}) AND !(ActionMatches{'b'})) \
                  OR Exists @Request[x] OR Exists @Request[y]";
    let source = format!(
        "({source}) AND (NOT (ActionMatches{{'c'}} OR ActionMatches{{'d'}}) OR \
                          Exists @Request[z]) AND Exists @Request[w]"
    );
    let parsed = parse(&source);
    assert_eq!(parsed.diagnostics, []);
    let blocks = blocks(&parsed.tree);
    let text = |id: abac_syntax::LiteralId| parsed.tree.literal(id).span.of(&source).to_owned();
    let guards: Vec<Vec<String>> = blocks
        .iter()
        .map(|block| block.guards.iter().map(|guard| text(guard.action.unwrap())).collect())
        .collect();
    assert_eq!(guards, [vec!["'a'", "'b'"], vec!["'c'", "'d'"], vec![]]);
    assert_eq!(blocks[0].alternatives.len(), 2);
    let suboperation = blocks[0].guards[0].suboperations[0];
    assert!(suboperation.negated);
    assert_eq!(text(suboperation.name), "'s'");
}

#[test]
fn missing_sides_are_told() {
    let source = format!("{NAME} StringEquals AND {NAME} StringEquals 'a'");
    let tree = finds(&source, &["missing-value: AND"]);
    let root = tree.root().unwrap();
    let first = tree.subexpressions(root)[0];
    let ExprKind::Comparison { right, .. } = tree.kind(first) else { panic!("a comparison") };
    assert!(matches!(right, Operand::Missing(_)));
}

#[test]
fn offers_nothing_that_an_open_string_would_swallow() {
    for source in ["(@Resource[a:b] 'x", "(@Resource[a:b] 'x ", "(@Resource[a:b] 'x \n"] {
        let parsed = parse(source);
        let found = parsed.diagnostics.iter().find(|one| one.id == "unclosed-parenthesis");
        assert_eq!(found.map(|one| &one.fix), Some(&None), "{source:?}");
    }
}

#[test]
fn parts_of_not_exists_do_not_overlap() {
    let source = "NotExists @Resource[a:b]";
    let tree = parse(source).tree;
    let root = tree.root().expect("a condition");
    let ExprKind::Not { operand, operator } = tree.kind(root) else { panic!("a negation") };
    assert_eq!((operator.of(source), tree.expr(root).span.of(source)), ("Not", source));
    assert_eq!(tree.expr(operand).span.of(source), "Exists @Resource[a:b]");
}
