use rusqlite::types::Value;

use super::*;

/// Every table and column in which these bytes stand, in whatever form: alone, within others, or as text.
pub(in super::super) fn rows_that_name(db: &Connection, id: &[u8; 16]) -> Vec<String> {
    let text = ParticipantId(*id).to_string();
    let hex = carnival_domain::hex::encode(id);
    let names = |sql: &str| -> Vec<String> {
        let mut query = db.prepare(sql).expect("a query");
        let rows = query.query_map([], |row| row.get(0)).expect("rows");
        rows.collect::<Result<_>>().expect("names")
    };
    let mut found = Vec::new();
    for table in names("SELECT name FROM sqlite_master WHERE type = 'table'") {
        for column in names(&format!("SELECT name FROM pragma_table_info('{table}')")) {
            let sql = format!(
                "SELECT count(*) FROM \"{table}\" WHERE instr(CAST(\"{column}\" AS BLOB), ?1)
                   OR instr(\"{column}\", ?2) OR instr(\"{column}\", ?3)"
            );
            let count: i64 =
                db.query_row(&sql, params![Value::Blob(id.to_vec()), text, hex], |row| row.get(0)).expect("a number");
            if count > 0 {
                found.push(format!("{count} in {table}.{column}"));
            }
        }
    }
    found
}

#[test]
fn the_search_finds_what_is_there() {
    let db = Connection::open_in_memory().expect("memory");
    let who = ParticipantId([0xA7; 16]);
    db.execute_batch("CREATE TABLE t (a BLOB, b TEXT, c TEXT) STRICT").expect("a table");
    let json = format!("{{\"who\":\"{who}\"}}");
    db.execute("INSERT INTO t VALUES (?1, ?2, 'nothing')", params![who.0, json]).expect("a row");
    assert_eq!(rows_that_name(&db, &who.0), ["1 in t.a", "1 in t.b"]);
    assert_eq!(rows_that_name(&db, &[3; 16]), [] as [String; 0]);
}
