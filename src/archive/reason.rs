//! Why a file gave no document.

use crate::glyphs::PdfError;
use crate::source::ReadError;

macro_rules! reasons {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $again:literal;)+) => {
        /// Why a file gave no document: what `status` groups by and `retry --reason` asks for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Reason {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Reason {
            /// Every reason.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The reason as it is written in the catalogue and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }

            /// Whether a second try, alone and with all the memory, may end otherwise.
            #[must_use]
            pub fn may_pass(self) -> bool {
                match self { $(Self::$name => $again),+ }
            }
        }
    };
}

reasons! {
    /// There is nothing in the file.
    Empty = "empty", false;
    /// It is larger than the limit.
    TooLarge = "too-large", false;
    /// It opens only with a password.
    Password = "password", false;
    /// It is encrypted in an unknown way.
    Encryption = "encryption", false;
    /// Its structure is broken.
    Damaged = "damaged", false;
    /// It is a PDF without pages.
    NoPages = "no-pages", false;
    /// It is a kind of file that is not read.
    Unsupported = "unsupported", false;
    /// The program's own fault, caught.
    Internal = "internal", true;
    /// The program's own fault: the worker died.
    Crashed = "crashed", true;
    /// The worker's stack was used up.
    StackOverflow = "stack-overflow", true;
    /// It took too long.
    TimeLimit = "time-limit", true;
    /// It took too much memory.
    MemoryLimit = "memory-limit", true;
    /// Its document is larger than the limit.
    DocumentTooLarge = "document-too-large", false;
    /// The file cannot be opened or read from the disk, or it changes while it is read.
    Unreadable = "unreadable", false;
}

impl Reason {
    /// The reason with this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.as_str() == name)
    }
}

impl From<&ReadError> for Reason {
    fn from(error: &ReadError) -> Self {
        #[allow(unreachable_patterns)]
        // a reason that is new there is a fault of this program until it is named here
        match error {
            ReadError::Empty => Self::Empty,
            ReadError::TooLarge { .. } => Self::TooLarge,
            ReadError::Pdf(PdfError::Password) => Self::Password,
            ReadError::Pdf(PdfError::Encryption) => Self::Encryption,
            ReadError::Pdf(PdfError::Damaged) => Self::Damaged,
            ReadError::Pdf(PdfError::NoPages) => Self::NoPages,
            ReadError::Unsupported { .. } => Self::Unsupported,
            _ => Self::Internal,
        }
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
