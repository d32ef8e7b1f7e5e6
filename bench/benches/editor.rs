//! What the browser editor does at each keystroke, on the host: a condition as long as Azure takes
//! one, and a table of ten thousand requests.

use abac_catalog::Catalog;
use abac_eval::AccessRequest;
use bench::full;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use workbench::blocks::{Board, Edit};
use workbench::simulate::Table;
use workbench::{Condition, NamedRequest, Settings, analysis, simulate};

const REQUESTS: usize = 10_000;
const BLOBS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers";

/// A request that reads a blob of a project.
fn request(project: usize) -> AccessRequest {
    let attribute = |request: AccessRequest, name: &str, value: String| {
        request.attribute(&format!("@Resource[{BLOBS}{name}]"), value).expect("a request")
    };
    let request = AccessRequest::new(format!("{BLOBS}/blobs/read"));
    let request = attribute(request, ":name", format!("project-{project:03}"));
    attribute(request, "/blobs:path", format!("team-{project:03}/report.txt"))
}

fn editor(criterion: &mut Criterion) {
    let text = full::condition();
    let catalog = Catalog::builtin();
    let settings = Settings::default();
    let condition = Condition::read(&*text);
    let one = request(20);
    let answer = simulate::decide(&condition, &one);
    let board = Board::read(&condition, catalog, Some(&answer), None);
    let mut group = criterion.benchmark_group("editor");
    group.bench_function("keystroke", |b| {
        b.iter(|| {
            let condition = Condition::read(black_box(&*text));
            let analysis = analysis::look(&condition, &settings);
            let answer = simulate::decide(&condition, &one);
            let board = Board::read(&condition, catalog, Some(&answer), Some(&board));
            let fields = simulate::fields(&condition, catalog, one.action(), None);
            (analysis, board, fields)
        });
    });
    group.bench_function("analysis", |b| {
        b.iter(|| analysis::look(black_box(&condition), &settings));
    });
    group.bench_function("blocks", |b| {
        b.iter(|| Board::read(black_box(&condition), catalog, Some(&answer), Some(&board)));
    });
    group.bench_function("decide", |b| {
        b.iter(|| simulate::decide(black_box(&condition), &one));
    });
    let line = board.cards[0].body.blocks[0].id;
    let edit = Edit::SetValues { block: line, values: Vec::new() };
    group.bench_function("edit", |b| b.iter(|| board.apply(black_box(&edit), catalog)));
    let named = |number: usize| NamedRequest {
        name: number.to_string(),
        request: request(number % 60),
        expect: None,
    };
    let requests: Vec<_> = (0..REQUESTS).map(named).collect();
    group.bench_function("prepare-10000", |b| b.iter(|| Table::new(black_box(&requests))));
    let mut table = Table::new(&requests);
    group.bench_function("table-10000", |b| {
        b.iter(|| table.decide(black_box(&condition)).len());
    });
    group.finish();
}

criterion_group!(benches, editor);
criterion_main!(benches);
