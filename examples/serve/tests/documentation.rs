//! What the documentation shows is what is compiled here.
#![allow(clippy::unwrap_used)] // in a test a panic is the answer

#[test]
fn the_small_service_of_the_documentation_is_the_one_that_is_compiled() {
    let page = include_str!("../../../docs/embedding.md");
    let program = include_str!("../examples/small.rs").split_once("\n\n").unwrap().1;
    let wanted = format!("```ignore\n{program}```");
    assert!(page.contains(&wanted), "put the text of examples/small.rs into docs/embedding.md");
}
