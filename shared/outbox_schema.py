"""The outbox's tables. Only `shared/outbox_file.py` opens the file.

Tables are created in this order in every file: a salvage that lost the first page knows by it where each one begins.
"""

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
CREATE TABLE IF NOT EXISTS unread (
    id TEXT PRIMARY KEY,          -- set aside because this version cannot read it; the columns are those of item
    type TEXT NOT NULL,
    at REAL,
    boot TEXT NOT NULL,
    uptime REAL NOT NULL,
    clock TEXT NOT NULL,
    body TEXT NOT NULL,
    spell TEXT,
    revision INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS salvage (
    number INTEGER PRIMARY KEY,
    file TEXT NOT NULL,           -- the damaged file's name, where it was set aside
    carried INTEGER NOT NULL,
    lost INTEGER                  -- NULL: nobody knows how many
);
"""

ITEM = "id, type, at, boot, uptime, clock, body, spell, revision"
"""A record's columns, without its sequence number."""
