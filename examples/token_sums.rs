//! Sums the tokens of a trace: `cargo run --release --example token_sums trace.parquet`. Of the file, only the columns of
//! tokens are read.

use std::error::Error;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};
use tokencast::trace::Random;
use tokencast::trace::store::{Column, Reader};

struct OnDisk {
    file: Mutex<File>,
    size: u64,
}

impl Random for OnDisk {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        file.read_exact(buffer)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which trace?")?;
    let file = File::open(&path)?;
    let size = file.metadata()?.len();
    let bytes = Arc::new(OnDisk { file: Mutex::new(file), size });
    let mut reader = Reader::open_with(&path, bytes, &Column::TOKENS)?;
    let rows = reader.rows();
    println!("{rows} calls, {:?}", reader.usage()?);
    Ok(())
}
