//! The columns of a table, and which of them a narrow terminal does without.

use comfy_table::CellAlignment;

/// Blanks between two columns.
const GAP: usize = 3;

/// A column: its heading, the side on which it lines up, and how soon it is left out.
#[derive(Clone, Copy)]
pub struct Column {
    pub heading: &'static str,
    pub side: CellAlignment,
    /// The highest rank goes first; a column of rank 0 always stays.
    rank: u8,
}

/// A column of words.
pub fn left(heading: &'static str) -> Column {
    Column { heading, side: CellAlignment::Left, rank: 0 }
}

/// A column of numbers.
pub fn right(heading: &'static str) -> Column {
    Column { heading, side: CellAlignment::Right, rank: 0 }
}

impl Column {
    /// Left out where there is no room, before all columns of a lower rank.
    pub fn rank(self, rank: u8) -> Self {
        Self { rank, ..self }
    }
}

/// The columns that fit, as indices.
pub fn shown(columns: &[Column], rows: &[Vec<String>], room: usize) -> Vec<usize> {
    let cells = |index: usize| rows.iter().map(move |row| cell_width(&row[index]));
    let width = |index: &usize| cells(*index).chain([cell_width(columns[*index].heading)]).max().unwrap_or(0);
    let mut kept: Vec<usize> = (0..columns.len()).collect();
    while kept.iter().map(width).sum::<usize>() + GAP * kept.len() > room {
        let Some(&first_out) = kept.iter().max_by_key(|index| columns[**index].rank) else { break };
        if columns[first_out].rank == 0 {
            break;
        }
        kept.retain(|index| *index != first_out);
    }
    kept
}

/// Columns of the widest line of a text.
pub fn cell_width(text: &str) -> usize {
    text.lines().map(|line| line.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_rank_goes_first_and_rank_zero_stays() {
        let columns = [left("name"), right("one").rank(1), right("two").rank(2)];
        let rows = [vec!["a long name".to_owned(), "1".to_owned(), "2".to_owned()]];
        assert_eq!(shown(&columns, &rows, 40), [0, 1, 2]);
        assert_eq!(shown(&columns, &rows, 24), [0, 1]);
        assert_eq!(shown(&columns, &rows, 5), [0]);
    }
}
