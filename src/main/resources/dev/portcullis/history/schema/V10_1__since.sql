-- Since when each finding is there; of those from before, since when at the latest. What found_hash is made of is another text from now on.
ALTER TABLE workload_finding ADD COLUMN since BIGINT DEFAULT 0 NOT NULL;
UPDATE workload_finding SET since = (SELECT w.changed_at FROM workload w WHERE w.id = workload_finding.workload_id);
UPDATE workload SET found_hash = NULL;
