-- The word index gathers more words before it writes them, and merges what it has written less often: both cost more
-- than the words themselves while thousands of files are taken in. A search looks through a few parts more.
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
INSERT INTO words (words, rank) VALUES ('automerge', 8);
