CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS shop (
    id TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    recurring INTEGER NOT NULL DEFAULT 1,
    saving INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS payment (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    status TEXT NOT NULL,
    method TEXT,
    created_at TEXT NOT NULL,
    captured_at TEXT,
    expires_at TEXT,
    request TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS payment_by_time ON payment (shop, created_at, number);
CREATE INDEX IF NOT EXISTS payment_by_expiry ON payment (expires_at);
CREATE TABLE IF NOT EXISTS method (
    id TEXT PRIMARY KEY,
    shop TEXT NOT NULL,
    script TEXT NOT NULL DEFAULT '[]',
    revoked INTEGER NOT NULL DEFAULT 0,
    document TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS idempotence (
    shop TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    first_at TEXT NOT NULL,
    payment TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (shop, key)
);
CREATE TABLE IF NOT EXISTS delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    attempts INTEGER NOT NULL DEFAULT 0,
    first_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    answer TEXT
);
CREATE INDEX IF NOT EXISTS delivery_by_time ON delivery (state, due_at);
CREATE TABLE IF NOT EXISTS fault (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,
    seen INTEGER NOT NULL DEFAULT 0,
    fired INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    shop TEXT,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    key TEXT,
    body TEXT NOT NULL,
    fault TEXT,
    status INTEGER,
    replayed INTEGER NOT NULL DEFAULT 0,
    committed TEXT
);
CREATE TABLE IF NOT EXISTS binding (
    id TEXT PRIMARY KEY,
    shop TEXT NOT NULL,
    return_url TEXT NOT NULL,
    expires_at TEXT,
    document TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS discrepancy (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS payment_by_capture ON payment (shop, captured_at);
CREATE TABLE IF NOT EXISTS refund (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    due_at TEXT,
    outcome TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS refund_by_time ON refund (shop, created_at, number);
CREATE INDEX IF NOT EXISTS refund_by_payment ON refund (payment_id);
CREATE INDEX IF NOT EXISTS refund_by_due ON refund (due_at);
CREATE TABLE IF NOT EXISTS receipt (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    shop TEXT NOT NULL,
    payment_id TEXT NOT NULL,
    refund_id TEXT,
    status TEXT NOT NULL,
    created_at TEXT NOT NULL,
    due_at TEXT,
    document TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS receipt_by_time ON receipt (shop, created_at, number);
CREATE INDEX IF NOT EXISTS receipt_by_due ON receipt (due_at);
