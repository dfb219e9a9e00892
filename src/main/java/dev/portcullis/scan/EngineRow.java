package dev.portcullis.scan;

import dev.portcullis.check.CheckInfo;
import dev.portcullis.check.Fields;
import dev.portcullis.check.Finding;
import dev.portcullis.check.Result;
import dev.portcullis.check.Severity;
import dev.portcullis.workload.FieldPath;
import dev.portcullis.workload.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question about an engine.
 *
 * @param bench its number in docker-bench-security, null where that does not ask it
 * @param scored whether that counts it
 */
record EngineRow(CheckInfo info, FieldPath path, @Nullable String bench, boolean scored, Question question) {
    /** What is asked. */
    @FunctionalInterface
    interface Question {
        Answer of(EngineFacts engine);
    }

    /**
     * What is found.
     *
     * @param state what is wrong, or why it cannot be told, following the field's name
     * @param remedy what to do about it
     */
    record Answer(Result result, @Nullable Object value, String state, String remedy) {
        static final Answer PASS = new Answer(Result.PASS, null, "is as it should be", "");

        static Answer fail(@Nullable Object value, String state, String remedy) {
            return new Answer(Result.FAIL, value, state, remedy);
        }

        static Answer skip(String why, String instead) {
            return new Answer(Result.SKIP, null, why, instead);
        }

        /** Passes, or fails. */
        static Answer of(boolean good, @Nullable Object value, String state, String remedy) {
            return good ? PASS : fail(value, state, remedy);
        }
    }

    /**
     * A row.
     *
     * @param field of {@code GET /info}, or where else it is told
     * @param bench its number and, behind it, {@code -} where it is not counted; empty where there is none
     */
    static EngineRow of(
            String id, Severity severity, String field, String bench, String title, String why, Question question) {
        boolean scored = !bench.endsWith("-");
        String number = scored ? bench : bench.substring(0, bench.length() - 1);
        CheckInfo info = new CheckInfo(
                id,
                1,
                severity,
                title,
                why,
                null,
                Fields.in(Form.ENGINE_REQUEST, field),
                number.isEmpty() ? List.of() : List.of("CIS Docker " + number),
                List.of());
        return new EngineRow(
                info, FieldPath.ROOT.descend(field.split("\\.")), number.isEmpty() ? null : number, scored, question);
    }

    /** What is found of an engine. */
    Finding ask(EngineFacts engine) {
        Answer answer = question.of(engine);
        FieldPath place = answer.result() == Result.SKIP ? null : path;
        return new Finding(info, answer.result(), null, place, answer.value(), answer.state(), answer.remedy(), null);
    }
}
