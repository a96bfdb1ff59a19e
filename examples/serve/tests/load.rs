//! The service under load: twenty clients, and among them such that are slow, send too much or go
//! away, while index and checklist are replaced. Nothing is lost, and no answer is wrong.
//!
//! Bounded by itself; `SPCG_LOAD` sets the requests of each client, for figures:
//!
//! ```text
//! SPCG_LOAD=2000 cargo test --release --package serve --test load -- --nocapture
//! ```
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout)] // in a test; and it tells its figures

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use spcg::checklist::Checklist;
use spcg::matching::Matcher;
use spcg::{Catalogue, Proposal, Screener};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const CLIENTS: usize = 20;

struct Running {
    child: Child,
    address: String,
}

impl Running {
    fn start(arguments: &[&str]) -> Running {
        let mut child = Command::new(env!("CARGO_BIN_EXE_serve"))
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        log.read_line(&mut line).unwrap();
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
        // The log is read, so that the service never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        Running { child, address }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// The most memory that it had, in MiB, where the system tells.
    fn peak(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes >> 10)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn head(length: usize) -> String {
    format!(
        "POST /screenings HTTP/1.1\r\nHost: t\r\nContent-Type: application/toml\r\nAccept: application/json\r\nContent-Length: {length}\r\n\r\n"
    )
}

/// Reads one answer: its status and body.
async fn answer(stream: &mut TcpStream) -> Option<(u16, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let status = head.split(' ').nth(1)?.parse().ok()?;
            let length: usize = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))?
                .parse()
                .ok()?;
            while bytes.len() < end + 4 + length {
                match stream.read(&mut buffer).await.ok()? {
                    0 => return None,
                    read => bytes.extend_from_slice(&buffer[..read]),
                }
            }
            return Some((status, bytes.split_off(end + 4)));
        }
        match stream.read(&mut buffer).await.ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&buffer[..read]),
        }
    }
}

fn index(folder: &Path, data: &str) {
    let catalogue = Catalogue::builtin();
    Matcher::create(folder, &catalogue, Vec::new(), data, serde_json::Value::Null).unwrap();
}

/// What both states of the service answer to each proposal.
struct Expected {
    body: String,
    before: String,
    after: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_clients_and_some_bad_ones_get_right_answers_while_it_reloads() {
    let requests: usize =
        std::env::var("SPCG_LOAD").ok().and_then(|text| text.parse().ok()).unwrap_or(25);
    let folder = tempfile::tempdir().unwrap();
    let (at, office) = (folder.path().join("index"), folder.path().join("office.toml"));
    let state = |name: &str| {
        index(&at, name);
        std::fs::write(
            &office,
            format!("name = \"{name}\"\n[rules.C38]\noff = {}\n", name == "after"),
        )
        .unwrap();
        Screener::open(&at).unwrap().with_checklist(Checklist::from_path(&office).unwrap())
    };
    let after = state("after");
    let before = state("before");
    let proposals = Path::new(env!("CARGO_MANIFEST_DIR")).join("../proposals");
    let mut expected: Vec<Expected> = Vec::new();
    for entry in std::fs::read_dir(proposals).unwrap() {
        let body = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let proposal = Proposal::from_toml(&body).unwrap();
        let (before, after) =
            (before.screen(&proposal).to_json(), after.screen(&proposal).to_json());
        assert_ne!(before, after);
        expected.push(Expected { body, before, after });
    }
    let expected = Arc::new(expected);
    let mut service = Running::start(&[
        "--index",
        at.to_str().unwrap(),
        "--checklist",
        office.to_str().unwrap(),
        "--waiting",
        "40",
    ]);
    let address = service.address.clone();
    let over = Arc::new(AtomicBool::new(false));

    let bad = tokio::spawn(bad_clients(address.clone(), over.clone()));
    let start = Instant::now();
    let clients: Vec<_> = (0..CLIENTS)
        .map(|client| {
            tokio::spawn(good_client(address.clone(), expected.clone(), client, requests))
        })
        .collect();
    // In the midst of it both files are replaced.
    tokio::time::sleep(Duration::from_millis(150)).await;
    state("after");
    service.signal("-HUP");
    let (mut times, mut news) = (Vec::new(), 0);
    for client in clients {
        let (mut own, new) = client.await.unwrap();
        times.append(&mut own);
        news += new;
    }
    let seconds = start.elapsed().as_secs_f64();
    over.store(true, Ordering::Relaxed);
    let (gone, large) = bad.await.unwrap();
    assert_eq!(times.len(), CLIENTS * requests, "an answer was lost");
    // By now it has the new ones.
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let wanted = &expected[0];
    let deadline = Instant::now() + Duration::from_secs(20);
    loop {
        let request = head(wanted.body.len()) + &wanted.body;
        stream.write_all(request.as_bytes()).await.unwrap();
        let (status, body) = answer(&mut stream).await.unwrap();
        assert_eq!(status, 200);
        if body == wanted.after.as_bytes() {
            break;
        }
        assert!(Instant::now() < deadline, "it was not reloaded");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e3;
    let memory = service.peak().map_or(String::new(), |mib| format!(", at most {mib} MiB"));
    println!(
        "{} answers to {CLIENTS} clients in {seconds:.2} s: {:.0} a second; median {:.1} ms, p99 {:.1} ms, longest {:.1} ms{memory}; {news} with what was loaded meanwhile; {gone} clients went away, {large} sent too much",
        times.len(),
        times.len() as f64 / seconds,
        at(0.5),
        at(0.99),
        at(1.0),
    );

    // An answer under way is finished before the end.
    let request = head(wanted.body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.write_all(&wanted.body.as_bytes()[..10]).await.unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    service.signal("-TERM");
    tokio::time::sleep(Duration::from_millis(200)).await;
    stream.write_all(&wanted.body.as_bytes()[10..]).await.unwrap();
    let (status, _) = answer(&mut stream).await.unwrap();
    assert_eq!(status, 200);
    drop(stream);
    let status = tokio::task::spawn_blocking(move || service.child.wait().unwrap()).await.unwrap();
    assert_eq!(status.code(), Some(0));
}

/// Asks again and again on one connection; gives the times, and how many answers were of the new
/// state. Every answer is right, byte for byte.
async fn good_client(
    address: String,
    expected: Arc<Vec<Expected>>,
    client: usize,
    requests: usize,
) -> (Vec<Duration>, usize) {
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let (mut times, mut new) = (Vec::new(), 0);
    for number in 0..requests {
        let wanted = &expected[(client + number) % expected.len()];
        let start = Instant::now();
        let request = head(wanted.body.len()) + &wanted.body;
        stream.write_all(request.as_bytes()).await.unwrap();
        let (status, body) = answer(&mut stream).await.unwrap();
        times.push(start.elapsed());
        assert_eq!(status, 200);
        let is_new = body == wanted.after.as_bytes();
        assert!(is_new || body == wanted.before.as_bytes(), "a wrong answer");
        // Once new, always new.
        assert!(is_new || new == 0, "an older answer after a newer one");
        new += usize::from(is_new);
    }
    (times, new)
}

/// One that sends a byte now and then, one that sends too much, and many that do not wait for their
/// answer.
async fn bad_clients(address: String, over: Arc<AtomicBool>) -> (usize, usize) {
    let body = "title = \"Smart lifts\"";
    let mut slow = TcpStream::connect(&address).await.unwrap();
    slow.write_all(head(body.len()).as_bytes()).await.unwrap();
    let (mut gone, mut large, mut sent) = (0, 0, 0);
    while !over.load(Ordering::Relaxed) || gone == 0 || large == 0 {
        let mut hasty = TcpStream::connect(&address).await.unwrap();
        let _ = hasty.write_all((head(body.len()) + body).as_bytes()).await;
        drop(hasty);
        gone += 1;
        if gone % 20 == 1 {
            let mut greedy = TcpStream::connect(&address).await.unwrap();
            greedy.write_all(head(40 << 20).as_bytes()).await.unwrap();
            let piece = vec![b'#'; 1 << 20];
            for _ in 0..40 {
                if greedy.write_all(&piece).await.is_err() {
                    break; // it has seen enough
                }
            }
            if let Some((status, _)) = answer(&mut greedy).await {
                assert_eq!(status, 413);
            }
            large += 1;
        }
        if sent + 1 < body.len() && gone % 4 == 0 {
            slow.write_all(&body.as_bytes()[sent..=sent]).await.unwrap();
            sent += 1;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    slow.write_all(&body.as_bytes()[sent..]).await.unwrap();
    assert_eq!(answer(&mut slow).await.unwrap().0, 200, "the slow one gets its answer too");
    (gone, large)
}
