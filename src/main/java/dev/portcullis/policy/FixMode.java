package dev.portcullis.policy;

/** What a policy does with the fixes of its findings. */
public enum FixMode {
    /** Safe fixes of enforced checks are applied, the rest suggested. */
    APPLY,
    /** All are suggested. */
    SUGGEST,
    /** None is offered. */
    NONE
}
