//! Lines of a text file.
