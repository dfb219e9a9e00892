-- Which process sends notifications, and until when no other may: milliseconds since 1970 by the database's own clock.
CREATE TABLE notifier (
  id          SMALLINT PRIMARY KEY,
  holder      VARCHAR(64) NOT NULL,
  lease_end   BIGINT NOT NULL
);
INSERT INTO notifier VALUES (1, '', 0);

-- How far each target of notifications was told, and how that went.
CREATE TABLE notified (
  target       VARCHAR(63) PRIMARY KEY,
  -- The last decision that was looked at.
  seq          BIGINT NOT NULL,
  -- The moment for which a digest was sent last, and up to which digests have told.
  digest_due   BIGINT NOT NULL,
  digest_upto  BIGINT NOT NULL,
  -- What ran then; null where that was not known.
  workloads    BIGINT,
  violating    BIGINT,
  warned       BIGINT,
  succeeded_at BIGINT,
  failed_at    BIGINT,
  failure      VARCHAR(512) NOT NULL,
  lost         BIGINT NOT NULL
);

-- What a target was told of lately, so that it is not told again too soon: a hash of an owner and what speaks against it.
CREATE TABLE notified_subject (
  target      VARCHAR(63) NOT NULL,
  subject     VARCHAR(64) NOT NULL,
  at          BIGINT NOT NULL,
  PRIMARY KEY (target, subject)
);
CREATE INDEX notified_subject_at ON notified_subject (target, at);
CREATE INDEX denial_resolved ON denial (resolved_at);
CREATE INDEX denial_first_seen ON denial (first_seen);
