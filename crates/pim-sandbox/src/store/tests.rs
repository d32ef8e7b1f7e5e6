//! What happens when writing fails, and when commands do.

use super::{Location, Store};
use crate::engine::{Change, Code, Kind, ServiceError};
use crate::seed::built_in;
use jiff::Timestamp;

async fn store() -> Store {
    let opened = Store::open(&Location::Memory).unwrap();
    let seed = built_in("default", Timestamp::now()).unwrap();
    opened.store.control(move |writer| writer.restore(&seed, "a seed loaded")).await.unwrap();
    opened.store
}

/// Renames a principal.
fn rename(change: &mut Change<'_>, name: &str) -> Result<(), ServiceError> {
    let found = change.world().find_principal("developer").cloned().unwrap();
    let mut principal = crate::engine::Principal::clone(&found);
    principal.display_name = name.to_owned();
    change.put(principal);
    Ok(())
}

async fn name(store: &Store) -> String {
    let name = |world: &crate::engine::World, _| {
        world.find_principal("developer").unwrap().display_name.clone()
    };
    store.read(name).await.unwrap()
}

#[tokio::test]
async fn what_cannot_be_written_never_was() {
    let store = store().await;
    let sql = |text: &'static str| {
        store.control(move |writer| {
            writer.connection().execute_batch(text).unwrap();
            Ok(())
        })
    };
    sql("ALTER TABLE records RENAME TO elsewhere; CREATE VIEW records AS SELECT * FROM elsewhere;")
        .await
        .unwrap();
    let refused = store.write(|change| rename(change, "lost")).await;
    assert_eq!(refused, Err(ServiceError::new(Code::UNAVAILABLE)));
    assert_eq!(name(&store).await, "Devi Developer", "memory is what the disk is");
    sql("DROP VIEW records; ALTER TABLE elsewhere RENAME TO records;").await.unwrap();
    store.write(|change| rename(change, "kept")).await.unwrap();
    assert_eq!(name(&store).await, "kept");
}

#[tokio::test]
async fn a_command_that_fails_or_panics_leaves_nothing() {
    let store = store().await;
    let failed = store
        .write(|change| {
            rename(change, "half")?;
            let key = crate::engine::Key { kind: Kind::Container, name: "/".to_owned() };
            change.remove(&key);
            Err::<(), _>(ServiceError::new(Code::INVALID_BODY))
        })
        .await;
    assert_eq!(failed.unwrap_err().code, Code::INVALID_BODY);
    assert_eq!(name(&store).await, "Devi Developer");
    let panicked = store
        .write(|change| -> Result<(), ServiceError> {
            rename(change, "half")?;
            panic!("on purpose")
        })
        .await;
    assert_eq!(panicked.unwrap_err().code, Code::INTERNAL);
    assert_eq!(name(&store).await, "Devi Developer", "and the writer goes on");
    let rehearsed = store.rehearse(|change| rename(change, "tried")).await;
    assert_eq!(rehearsed, Ok(()));
    assert_eq!(name(&store).await, "Devi Developer");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let location = Location::Directory(directory.path().to_owned());
    let opened = Store::open(&location).unwrap();
    opened.store.stop().await;
    opened.writer.join().unwrap();
    let path = directory.path().join("sandbox.sqlite");
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    let refused = Store::open(&location).unwrap_err().to_string();
    assert!(refused.contains("newer version of grantif"), "{refused}");
    std::fs::remove_file(&path).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("CREATE TABLE other (a)").unwrap();
    drop(connection);
    let refused = Store::open(&location).unwrap_err().to_string();
    assert!(refused.contains("database of another program"), "{refused}");
}
