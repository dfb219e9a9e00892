-- How what runs stood when each hour was last looked at, by namespace; of days long past the last hour alone. Where both names are
-- empty it is the sum of namespaces that have no row of their own.
CREATE TABLE posture (
  begins_at   BIGINT NOT NULL,
  cluster     VARCHAR(253) NOT NULL,
  namespace   VARCHAR(253) NOT NULL,
  workloads   BIGINT NOT NULL,
  violating   BIGINT NOT NULL,
  warned      BIGINT NOT NULL,
  critical    BIGINT NOT NULL,
  high        BIGINT NOT NULL,
  medium      BIGINT NOT NULL,
  low         BIGINT NOT NULL,
  PRIMARY KEY (begins_at, cluster, namespace)
);

-- Gates, as each last told of itself.
CREATE TABLE gate (
  cluster     VARCHAR(253) NOT NULL,
  instance    VARCHAR(253) NOT NULL,
  started_at  BIGINT NOT NULL,
  heard_at    BIGINT NOT NULL,
  version     VARCHAR(253),
  policies    VARCHAR(1024),
  certificate_ends BIGINT,
  decisions   BIGINT NOT NULL,
  p50_micros  BIGINT,
  p99_micros  BIGINT,
  waiting     BIGINT NOT NULL,
  lost        BIGINT NOT NULL,
  PRIMARY KEY (cluster, instance)
);
