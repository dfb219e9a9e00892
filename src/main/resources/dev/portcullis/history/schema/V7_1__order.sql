-- What lists of workloads are ordered by: the worst severity that counts (4 critical to 1 low, 0 none), and when what is found of one
-- last became another. found_hash tells whether it did; null where that is not known.
ALTER TABLE workload ADD COLUMN worst INT DEFAULT 0 NOT NULL;
ALTER TABLE workload ADD COLUMN changed_at BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE workload ADD COLUMN found_hash INT;
UPDATE workload SET changed_at = judged_at, worst = COALESCE((SELECT MAX(CASE f.severity WHEN 'critical' THEN 4 WHEN 'high' THEN 3
  WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END) FROM workload_finding f WHERE f.workload_id = workload.id AND f.exemption IS NULL), 0);
CREATE INDEX workload_name ON workload (name, id);
CREATE INDEX workload_namespace ON workload (namespace, name, id);
CREATE INDEX workload_failures ON workload (enforce, warn, id);
CREATE INDEX workload_worst ON workload (worst, id);
CREATE INDEX workload_changed ON workload (changed_at, id);
