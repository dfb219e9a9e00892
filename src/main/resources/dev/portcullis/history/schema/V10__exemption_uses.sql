-- Which exemptions gave leave in a decision, to count how often each did.
CREATE TABLE decision_exemption (
  seq         BIGINT NOT NULL,
  exemption   VARCHAR(512) NOT NULL,
  PRIMARY KEY (seq, exemption)
);
CREATE INDEX decision_exemption_name ON decision_exemption (exemption, seq);
CREATE INDEX workload_finding_exemption ON workload_finding (exemption, workload_id);
