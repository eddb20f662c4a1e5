//! The vocabulary: what words in Swedish papers mean.
//!
//! In go the TOML files of this folder and, if the user has one, a file of their own; out comes a [`Vocabulary`]
//! with a [`Lexicon`] for each subject. Every word has one home here, and the stages ask instead of listing words.
//! A built-in file is read when somebody first asks for one of its words.
//!
//! A file is a list of entries: a code, a canonical form, variants, and examples that are its tests. Each file
//! begins with what its codes mean.

mod additions;
mod codes;
mod columns;
mod decisions;
mod fold;
mod headings;
mod lexicon;
mod municipalities;
mod names;
mod parts;
mod roles;
mod terms;
#[cfg(test)]
mod tests;
mod units;

use std::borrow::Cow;
use std::sync::LazyLock;

pub use additions::VocabularyError;
pub use codes::{
    ActivityWord, CaptionWord, ClaimWord, Column, DecisionPhrase, Label, LinkingWord, NamePart, NameWord,
    NumberSeries, NumberWord, PeriodWord, RoleWord, RowWord, StatusPhrase,
};
pub use decisions::Decision;
pub(crate) use fold::Folded;
pub use fold::{close_letter_spacing, fold, single_spaced};
pub use headings::HeadingMatch;
pub(crate) use headings::without_number;
pub use lexicon::{Entry, Form, Lexicon};
pub(crate) use names::COLUMN_GAP;
pub use names::NameMatch;

use additions::Additions;
use lexicon::Laid;
use terms::{FirstWord, Term, Terms};

use crate::pattern::byte_set::ByteSet;
use crate::pattern::needs::Needs;
use crate::records::chart::TrendCode;
use crate::records::indicator::{Basis, Breakdown, Missing, TargetCode, Unit};
use crate::records::paper::PaperKind;
use crate::records::section::SectionKind;
use crate::records::status::StatusCode;

/// Writes the struct, its two constructors and the list of files from one table.
macro_rules! vocabulary {
    ($($(#[$doc:meta])* $lexicon:ident: $code:ty,)*) => {
        /// What words mean, by subject.
        #[derive(Debug)]
        pub struct Vocabulary {
            $($(#[$doc])* pub $lexicon: Lexicon<$code>,)*
        }

        impl Vocabulary {
            /// The names of all lexicons, as a user's file may write them.
            pub const LEXICONS: &[&str] = &[$(stringify!($lexicon)),*];

            /// Calls a test with each lexicon and its built-in file.
            #[cfg(test)]
            fn each_lexicon(&self, test: &mut impl tests::LexiconTest) {
                $(test.run(stringify!($lexicon), &self.$lexicon, include_str!(concat!(stringify!($lexicon), ".toml")));)*
            }

            fn new(mut additions: Additions<'_>) -> Result<Self, VocabularyError> {
                let vocabulary = Self {
                    $($lexicon: {
                        let name = stringify!($lexicon);
                        static BUILT_IN: Laid = include!(concat!(env!("OUT_DIR"), "/", stringify!($lexicon), ".rs"));
                        Lexicon::new(name, &BUILT_IN, additions.take(name, &BUILT_IN)?)
                    },)*
                };
                additions.finish(Self::LEXICONS)?;
                Ok(vocabulary)
            }
        }
    };
}

vocabulary! {
    /// Words for things that are followed up: Aktivitet, Uppdrag, Åtgärd, Mål.
    activity_kinds: ActivityWord,
    /// What a column of figures holds: Utfall, Budget, Prognos.
    bases: Basis,
    /// Whom a row is for: Kvinnor, Män, Totalt.
    breakdowns: Breakdown,
    /// Words that number what a caption stands over: Tabell, Diagram.
    caption_words: CaptionWord,
    /// Words by which prose counts: "av", "varav", "totalt".
    claim_words: ClaimWord,
    /// Headings of columns.
    columns: Column,
    /// How a decision is led in: "X föreslår att Y beslutar".
    decision_phrases: DecisionPhrase,
    /// Names of departments and what they are built from.
    departments: NamePart,
    /// Prefixes of numbers that are no registration numbers of the paper.
    diarienummer: NumberSeries,
    /// What papers call themselves.
    document_types: PaperKind,
    /// Headings of sections.
    headings: SectionKind,
    /// Labels in the head of a paper.
    labels: Label,
    /// Small words that no heading ends with.
    linking_words: LinkingWord,
    /// What stands in a cell that has no number.
    missing: Missing,
    /// The months, from 1.
    months: u8,
    /// Municipalities by SCB's four digits, regions by two.
    municipalities: String,
    /// Numbers in words.
    number_words: NumberWord,
    /// Names of committees and what they are built from.
    organs: NamePart,
    /// Words that names of people have or do not have.
    people: NameWord,
    /// Words for periods other than the months.
    periods: PeriodWord,
    /// Words that make a line a role.
    roles: RoleWord,
    /// Words that tell what part a row has in a table of money.
    row_words: RowWord,
    /// What sentences of status are made of besides.
    status_phrases: StatusPhrase,
    /// How something that is followed up stands.
    statuses: StatusCode,
    /// What is aimed for: Öka, Minska.
    targets: TargetCode,
    /// Which way a trend goes.
    trends: TrendCode,
    /// What values count in.
    units: Unit,
}

impl Vocabulary {
    /// The built-in words.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Vocabulary> = LazyLock::new(|| {
            Vocabulary::new(Additions::none()).expect("no additions, nothing to be wrong with them")
        });
        &BUILTIN
    }

    /// The built-in words and a user's own: one TOML file with a table for each lexicon. Additions override nothing;
    /// where a word stands both there and in a built-in file, the addition wins. `file_name` is for messages.
    ///
    /// ```
    /// use skrivelse::records::section::SectionKind;
    /// use skrivelse::vocabulary::Vocabulary;
    ///
    /// let own = r#"
    ///     [[headings]]
    ///     code = "matter"
    ///     canonical = "Vad saken gäller"
    ///     standard = true
    /// "#;
    /// let vocabulary = Vocabulary::with_additions(own, "egna.toml")?;
    /// let heading = vocabulary.heading_kind("2. Vad saken gäller:").expect("a known heading");
    /// assert_eq!(heading.kind, SectionKind::Matter);
    /// # Ok::<(), skrivelse::vocabulary::VocabularyError>(())
    /// ```
    ///
    /// # Errors
    /// When the user's file is wrong: no TOML, an unknown lexicon or code, an example that does not match.
    pub fn with_additions(toml: &str, file_name: &str) -> Result<Self, VocabularyError> {
        Self::new(Additions::read(toml, file_name)?)
    }

    /// What a column's heading means: all of it, or its beginning where more words may follow. A word for something
    /// followed up heads what is followed up.
    #[must_use]
    pub fn column_role(&self, label: &str) -> Option<Column> {
        if label.is_empty() {
            return None;
        }
        if let Some(entry) = self.columns.whole(label) {
            return Some(entry.code);
        }
        if let Some((entry, _)) = self.columns.prefix(label).filter(|(entry, _)| entry.open) {
            return Some(entry.code);
        }
        self.activity_kinds.whole(label)?.code.kind().map(|_| Column::Title)
    }
}
