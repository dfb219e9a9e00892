-- Read by H2 in its PostgreSQL mode and by PostgreSQL alike.

-- Every decision, appended in the order of seq, which has no gaps: each row's hash covers its content and the hash before it.
CREATE TABLE decision (
  seq         BIGINT PRIMARY KEY,
  -- The order in time: milliseconds since 1970 times 2^20, and the lowest bits of seq, which tell rows of one millisecond apart.
  position    BIGINT NOT NULL,
  source      VARCHAR(16) NOT NULL,
  uid         VARCHAR(128) NOT NULL,
  outcome     VARCHAR(8) NOT NULL,
  cluster     VARCHAR(253) NOT NULL,
  operation   VARCHAR(64) NOT NULL,
  username    VARCHAR(1024),
  kind        VARCHAR(253),
  namespace   VARCHAR(253),
  name        VARCHAR(253),
  owner_kind  VARCHAR(253),
  owner_name  VARCHAR(253),
  policies    VARCHAR(1024),
  micros      BIGINT NOT NULL,
  message     VARCHAR(2048) NOT NULL,
  -- JSON: what was found against it.
  findings    TEXT NOT NULL,
  -- The severities, and the modes in which something counts, that occur among the findings: each between spaces.
  severities  VARCHAR(64) NOT NULL,
  modes       VARCHAR(64) NOT NULL,
  body_hash   BYTEA,
  hash        BYTEA NOT NULL
);
CREATE INDEX decision_position ON decision (position DESC);
CREATE UNIQUE INDEX decision_uid ON decision (uid, source);
CREATE INDEX decision_outcome ON decision (outcome, position DESC);
CREATE INDEX decision_namespace ON decision (namespace, position DESC);
CREATE INDEX decision_owner ON decision (owner_name, position DESC);
CREATE INDEX decision_username ON decision (username, position DESC);

-- Which checks speak against a decision's subject, to find decisions by.
CREATE TABLE decision_check (
  seq         BIGINT NOT NULL,
  check_id    VARCHAR(253) NOT NULL,
  position    BIGINT NOT NULL,
  PRIMARY KEY (seq, check_id)
);
CREATE INDEX decision_check_position ON decision_check (check_id, position DESC);

-- What was asked, compressed and without secrets, to be judged again. Kept for a shorter time than the decision.
CREATE TABLE decision_body (
  seq         BIGINT PRIMARY KEY,
  content     BYTEA NOT NULL
);

-- One row: where the log ends, where it begins after the oldest have been removed, and what is stored.
CREATE TABLE decision_log (
  id          SMALLINT PRIMARY KEY,
  last_seq    BIGINT NOT NULL,
  last_hash   BYTEA NOT NULL,
  first_seq   BIGINT NOT NULL,
  first_hash  BYTEA NOT NULL,
  rows_bytes  BIGINT NOT NULL,
  first_body  BIGINT NOT NULL,
  body_bytes  BIGINT NOT NULL,
  -- Up to where the hourly counts have counted.
  counted_seq BIGINT NOT NULL,
  lost        BIGINT NOT NULL
);

-- What is denied, one row for each owner until it is fixed.
CREATE TABLE denial (
  id          BIGINT PRIMARY KEY,
  cluster     VARCHAR(253) NOT NULL,
  namespace   VARCHAR(253) NOT NULL,
  owner_kind  VARCHAR(253) NOT NULL,
  owner_name  VARCHAR(253) NOT NULL,
  first_seen  BIGINT NOT NULL,
  last_seen   BIGINT NOT NULL,
  times       BIGINT NOT NULL,
  last_seq    BIGINT NOT NULL,
  checks      VARCHAR(2048) NOT NULL,
  resolved_at BIGINT
);
CREATE INDEX denial_owner ON denial (owner_name);
CREATE INDEX denial_last_seen ON denial (last_seen);

-- How many of each outcome in each hour.
CREATE TABLE hourly_outcome (
  begins_at   BIGINT NOT NULL,
  cluster     VARCHAR(253) NOT NULL,
  namespace   VARCHAR(253) NOT NULL,
  outcome     VARCHAR(8) NOT NULL,
  times       BIGINT NOT NULL,
  PRIMARY KEY (begins_at, cluster, namespace, outcome)
);

-- How often each check spoke against a subject in each hour, by mode.
CREATE TABLE hourly_check (
  begins_at   BIGINT NOT NULL,
  cluster     VARCHAR(253) NOT NULL,
  namespace   VARCHAR(253) NOT NULL,
  check_id    VARCHAR(253) NOT NULL,
  mode        VARCHAR(8) NOT NULL,
  times       BIGINT NOT NULL,
  PRIMARY KEY (begins_at, cluster, namespace, check_id, mode)
);
