-- What is written in a field that something is found of, and what would mend it, as JSON.
ALTER TABLE workload_finding ADD COLUMN found VARCHAR(1024);
ALTER TABLE workload_finding ADD COLUMN fix VARCHAR(2048);

-- Docker hosts, as they last told of themselves; their containers are workloads of a cluster of the host's name.
CREATE TABLE host (
  name        VARCHAR(253) PRIMARY KEY,
  reported_at BIGINT NOT NULL,
  policies    VARCHAR(1024) NOT NULL,
  omitted     INT NOT NULL,
  -- JSON: what is found of the engine itself.
  engine      TEXT NOT NULL
);
