-- What lists of results are ordered by: how grave each is (4 critical to 1 low, 0 anything else), and the check.
ALTER TABLE workload_finding ADD COLUMN severity_rank INT DEFAULT 0 NOT NULL;
UPDATE workload_finding SET severity_rank = CASE severity WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2
  WHEN 'low' THEN 1 ELSE 0 END;
CREATE INDEX workload_finding_severity ON workload_finding (severity_rank, workload_id, number);
DROP INDEX workload_finding_check;
CREATE INDEX workload_finding_check ON workload_finding (check_id, workload_id, number);

-- How often each check speaks against a workload, a line each: the number, severity, mode and check.
ALTER TABLE workload ADD COLUMN tallies VARCHAR(32768) DEFAULT '' NOT NULL;
UPDATE workload SET tallies = COALESCE((SELECT STRING_AGG(t.line, CHR(10) ORDER BY t.line) FROM
  (SELECT f.workload_id, COUNT(*) || ' ' || f.severity || ' ' || f.mode || ' ' || REPLACE(f.check_id, CHR(10), ' ') AS line
   FROM workload_finding f WHERE f.exemption IS NULL GROUP BY f.workload_id, f.severity, f.mode, f.check_id) t
  WHERE t.workload_id = workload.id), '');
