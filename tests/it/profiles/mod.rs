//! Profiles of recorded traffic, against what others measured of it.

mod recorded;

use tokencast::profile::{Distribution, Profile};
use tokencast::report::trace;
use tokencast::trace::{Given, Row};

fn profile(rows: Vec<Row>) -> Profile {
    let found = Profile::of("trace", &mut Given(rows.into_iter()), &jiff::tz::TimeZone::UTC);
    found.expect("rows in order of time")
}

/// Mean rounded to a token, then P50, P95, P99 and the longest.
fn figures(lengths: &Distribution) -> [u64; 5] {
    let at = |per_thousand| lengths.quantile(per_thousand).expect("some calls");
    let mean = lengths.mean().expect("some calls").round() as u64;
    [mean, at(500), at(950), at(990), at(1_000)]
}

fn hundredths(found: Option<f64>) -> i64 {
    (found.expect("it is known") * 100.0).round() as i64
}

/// Means, quantiles by nearest rank, the busiest minute and the variance of minutes over their mean, as measured on the
/// file; minutes are counted from the first call on, and the last one is left out.
#[test]
fn the_azure_hour_has_the_lengths_and_the_rates_that_were_measured_on_it() {
    let Some(rows) = recorded::azure() else { return };
    let found = profile(rows);
    assert_eq!(
        (found.all.calls, found.all.usage.total_input(), found.all.usage.output),
        (19_366, 22_361_870, 4_088_665)
    );
    assert_eq!(figures(&found.all.input), [1_155, 1_020, 4_083, 4_142, 14_050]);
    assert_eq!(figures(&found.all.output()), [211, 129, 451, 601, 1_000]);
    assert_eq!(found.all.calls * 100_000_000 / found.all.span_us(), 553, "5.53 calls a second");
    let [second, ten, minute] = &found.rates.windows[..] else { panic!("three widths") };
    assert_eq!((minute.most, minute.dispersion.expect("it is known").round()), (507, 16.0));
    // Computed apart, over whole windows from the first call on, with the variance of all of them.
    assert_eq!(
        [second, ten, minute].map(|windows| (windows.count, hundredths(windows.dispersion))),
        [(3_501, 139), (350, 386), (58, 1_613)]
    );
    assert_eq!(hundredths(found.rates.variation_of_gaps), 109);
    assert_eq!((found.rates.peak_minute.amount, found.rates.peak_second.amount), (502, 19), "by the clock");
    assert!(found.rates.windows.iter().all(|windows| !windows.finer_than_stamps));
}

/// Published with the trace: 29.3 % at five minutes and 37.4 % at one hour; stamps are about three seconds apart.
#[test]
fn the_mooncake_hour_could_read_what_others_found_and_its_stamps_are_coarse() {
    let Some(rows) = recorded::mooncake() else { return };
    let found = profile(rows);
    assert_eq!(found.all.calls, 12_031);
    assert_eq!(
        (figures(&found.all.input)[..2].to_vec(), found.all.input.quantile(990)),
        (vec![12_035, 6_909], Some(85_401))
    );
    assert_eq!(found.all.output().mean().map(f64::round), Some(343.0));
    let thousandths = |part: u64| (part * 1_000 + found.reuse.input / 2) / found.reuse.input;
    assert_eq!([found.reuse.within_5m, found.reuse.within_1h].map(thousandths), [293, 374]);
    assert_eq!(found.rates.stamps_apart_us, Some(2_997_000));
    let finer = |windows: &tokencast::profile::Windows| windows.finer_than_stamps;
    assert_eq!(found.rates.windows.iter().map(finer).collect::<Vec<_>>(), [true, false, false]);
}

/// Where every block holds an entry, a prompt reads the most that it shares with any recent prompt of its session and
/// model: by a scan of them all.
fn shared_with_recent(rows: &[Row], length_us: u64) -> u64 {
    let tokens = |row: &Row, blocks: usize| (blocks as u64 * 64).min(row.usage.total_input());
    let shared = |a: &Row, b: &Row| a.blocks.ids.iter().zip(&b.blocks.ids).take_while(|(a, b)| a == b).count();
    let read = rows.iter().enumerate().map(|(at, row)| {
        let recent = rows[..at].iter().rev().take_while(|other| row.at_us.abs_diff(other.at_us) < length_us);
        let alike = recent.filter(|other| other.session == row.session && other.model == row.model);
        tokens(row, alike.map(|other| shared(row, other)).max().unwrap_or(0))
    });
    read.sum()
}

#[test]
fn agents_could_read_what_a_scan_of_recent_prompts_finds_and_their_sessions_are_told_apart() {
    let Some(rows) = recorded::agents() else { return };
    let found = profile(rows.clone());
    assert_eq!((found.sessions.count, found.sessions.calls), (60, 4_092));
    assert_eq!(found.reuse.within_5m, shared_with_recent(&rows, 300_000_000));
    assert_eq!(found.reuse.within_1h, shared_with_recent(&rows, 3_600_000_000));
    assert_eq!(found.flight.calls, rows.iter().filter(|row| row.latency_us.is_some_and(|us| us > 0)).count() as u64);
}

#[test]
fn what_is_printed_fits_the_terminal_and_every_file_is_written() {
    for rows in [recorded::azure(), recorded::mooncake(), recorded::agents()].into_iter().flatten() {
        let view = trace::compose("week.csv", "UTC", &profile(rows), &[]);
        for columns in [80, 120] {
            let text = trace::render(&view, columns, true);
            assert!(text.is_ascii() && text.lines().all(|line| line.len() <= columns), "{text}");
        }
        let files = trace::files(&view);
        let (last, json) = files.last().expect("files");
        let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
        assert_eq!((last.as_str(), &json["total"]["calls"]), ("profile.json", &view.total.calls.into()));
    }
}
