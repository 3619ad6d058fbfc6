//! The usual way: one transaction for each request, on PostgreSQL, behind axum. The same rules (three votes a day, one for a
//! star, repeated keys answered again) and the same durability, and none of the rest that a campaign needs: no sessions, no
//! limits, no log. A pool of connections, statements prepared once.

use anyhow::Result;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio_postgres::NoTls;

/// Where the database is, and where to listen.
#[derive(clap::Args)]
pub(crate) struct Args {
    #[arg(long)]
    database: String,
    #[arg(long)]
    port: u16,
}

/// More connections than cores, so that the commits of many share a sync, as PostgreSQL can do.
const CONNECTION_COUNT: usize = 64;
const VOTES_PER_DAY: i64 = 3;

const SCHEMA: &str = "
CREATE TABLE vote (
  vote_number bigserial PRIMARY KEY,
  participant_id text NOT NULL,
  day int NOT NULL,
  star_id text NOT NULL,
  cast_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX vote_of_participant ON vote (participant_id, day, star_id);
CREATE TABLE tally (star_id text PRIMARY KEY, vote_count bigint NOT NULL);
CREATE TABLE answer (
  participant_id text NOT NULL,
  idempotency_key text NOT NULL,
  answer text NOT NULL,
  answered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (participant_id, idempotency_key)
);";

pub(crate) fn run(args: &Args) -> Result<()> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(serve(args))
}

async fn serve(args: &Args) -> Result<()> {
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(args.database.parse()?, NoTls, manager);
    let pool = Pool::builder(manager).max_size(CONNECTION_COUNT).build()?;
    pool.get().await?.batch_execute(SCHEMA).await?;
    let router = Router::new()
        .route("/api/v1/stars/{star}/votes", post(cast_vote))
        .route("/readyz", get(|| async { "ready" }))
        .with_state(pool);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", args.port)).await?;
    Ok(axum::serve(listener, router).await?)
}

type Answer = Result<String, StatusCode>;

async fn cast_vote(State(pool): State<Pool>, Path(star): Path<String>, headers: HeaderMap) -> Answer {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).ok_or(StatusCode::BAD_REQUEST);
    let (who, key) = (text("cookie")?, text("idempotency-key")?);
    let failed = |_| StatusCode::INTERNAL_SERVER_ERROR;
    let mut client = pool.get().await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let transaction = client.transaction().await.map_err(failed)?;
    let known = "SELECT answer FROM answer WHERE participant_id = $1 AND idempotency_key = $2";
    let known = transaction.prepare_cached(known).await.map_err(failed)?;
    if let Some(row) = transaction.query_opt(&known, &[&who, &key]).await.map_err(failed)? {
        return Ok(row.get(0));
    }
    let used = "SELECT count(*), count(*) FILTER (WHERE star_id = $3) FROM vote WHERE participant_id = $1 AND day = $2";
    let used = transaction.prepare_cached(used).await.map_err(failed)?;
    let row = transaction.query_one(&used, &[&who, &1_i32, &star]).await.map_err(failed)?;
    if row.get::<_, i64>(0) >= VOTES_PER_DAY || row.get::<_, i64>(1) > 0 {
        return Err(StatusCode::CONFLICT);
    }
    let vote = "INSERT INTO vote (participant_id, day, star_id) VALUES ($1, $2, $3)";
    let vote = transaction.prepare_cached(vote).await.map_err(failed)?;
    transaction.execute(&vote, &[&who, &1_i32, &star]).await.map_err(failed)?;
    let tally = "INSERT INTO tally VALUES ($1, 1) ON CONFLICT (star_id) DO UPDATE SET vote_count = tally.vote_count + 1
        RETURNING vote_count";
    let tally = transaction.prepare_cached(tally).await.map_err(failed)?;
    let row = transaction.query_one(&tally, &[&star]).await.map_err(failed)?;
    let answer = format!("{{\"star_id\":\"{star}\",\"vote_count\":{}}}", row.get::<_, i64>(0));
    let keep = "INSERT INTO answer (participant_id, idempotency_key, answer) VALUES ($1, $2, $3)";
    let keep = transaction.prepare_cached(keep).await.map_err(failed)?;
    transaction.execute(&keep, &[&who, &key, &answer]).await.map_err(failed)?;
    transaction.commit().await.map_err(failed)?;
    Ok(answer)
}
