"""The outbox's tables. Only `shared/outbox.py` opens the file."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS item (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    at REAL,                      -- seconds since 1970; NULL until the boot's clock is right
    boot TEXT NOT NULL,
    uptime REAL NOT NULL,
    clock TEXT NOT NULL,
    body TEXT NOT NULL,
    spell TEXT,                   -- what a later revision replaces: a spell, a question, the profile of a facility
    revision INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS item_by_type ON item (type, at);
CREATE INDEX IF NOT EXISTS item_by_spell ON item (spell) WHERE spell IS NOT NULL;
CREATE TABLE IF NOT EXISTS said (id TEXT PRIMARY KEY, type TEXT NOT NULL, day TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS aside (id TEXT PRIMARY KEY, why TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS gap (
    id TEXT PRIMARY KEY,          -- the record that says it, while it waits
    revision INTEGER NOT NULL,
    told INTEGER NOT NULL,        -- the last revision the hub has committed
    counts TEXT NOT NULL,
    oldest REAL,
    newest REAL
);
"""
