-- Policies that were in force, each version once.
CREATE TABLE policy_version (
  version     VARCHAR(1024) PRIMARY KEY,
  first_at    BIGINT NOT NULL,
  last_at     BIGINT NOT NULL,
  -- Files, 'cluster' or 'built-in'.
  source      VARCHAR(1024) NOT NULL,
  -- JSON: the documents, and what each policy asks.
  content     TEXT NOT NULL,
  bytes       BIGINT NOT NULL
);
