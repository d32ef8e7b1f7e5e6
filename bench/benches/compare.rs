//! One run, one machine: grantif beside regorus, cedar and cel.

use abac_catalog::Catalog;
use abac_eval::Program;
use abac_explain::explain;
use abac_lint::{Options, check, lint};
use abac_syntax::{Holes, Layout, format, parse as parse_text};
use bench::case::{CASES, CONDITION};
use bench::grantif;
use bench::peers::{cedar, cel, regorus};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;

fn parse(criterion: &mut Criterion) {
    bench::assert_agreement();
    let mut group = criterion.benchmark_group("parse");
    group.bench_function("grantif", |b| b.iter(|| grantif::parse(black_box(CONDITION))));
    group.bench_function("regorus", |b| b.iter(|| regorus::parse(black_box(regorus::TEXT))));
    group.bench_function("cedar", |b| b.iter(|| cedar::parse(black_box(cedar::TEXT))));
    group.bench_function("cel", |b| b.iter(|| cel::parse(black_box(cel::TEXT))));
    group.finish();
}

fn evaluate(criterion: &mut Criterion) {
    let by_grantif = grantif::compile(CONDITION);
    let by_regorus = regorus::parse(regorus::TEXT);
    let by_cedar = cedar::parse(cedar::TEXT);
    let by_cel = cel::parse(cel::TEXT);
    for case in &CASES {
        let mut group = criterion.benchmark_group(format!("evaluate-{}", case.name));
        let request = grantif::request(case);
        group.bench_function("grantif", |b| {
            b.iter(|| grantif::decide(black_box(&by_grantif), black_box(&request)));
        });
        let request = regorus::request(case);
        group.bench_function("regorus", |b| {
            b.iter(|| regorus::decide(black_box(&by_regorus), black_box(&request)));
        });
        let request = cedar::request(case);
        group.bench_function("cedar", |b| {
            b.iter(|| cedar::decide(black_box(&by_cedar), black_box(&request)));
        });
        let request = cel::request(case);
        group.bench_function("cel", |b| {
            b.iter(|| cel::decide(black_box(&by_cel), black_box(&request)));
        });
        group.finish();
    }
}

fn full(criterion: &mut Criterion) {
    let text = bench::full::condition();
    let parsed = grantif::parse(&text);
    let catalog = Catalog::builtin();
    let options = Options::new(catalog);
    let mut group = criterion.benchmark_group("full");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("parse", |b| b.iter(|| parse_text(black_box(&text))));
    group.bench_function("lint", |b| {
        b.iter(|| lint(black_box(&text), black_box(&parsed.tree), &options));
    });
    group.bench_function("check", |b| {
        b.iter(|| check(black_box(&text), Holes::Refused, &options));
    });
    group.bench_function("format", |b| {
        b.iter(|| format(black_box(&text), black_box(&parsed.tree), Layout::Portal));
    });
    group.bench_function("explain", |b| {
        b.iter(|| explain(black_box(&text), black_box(&parsed.tree), catalog));
    });
    group.bench_function("compile", |b| {
        b.iter(|| Program::compile(black_box(&text), black_box(&parsed.tree)));
    });
    group.finish();
}

criterion_group!(compare, parse, evaluate, full);
criterion_main!(compare);
