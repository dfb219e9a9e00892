package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Map;

/**
 * What macros such as {@code all} and {@code map} are made of.
 *
 * @param range what it goes over: a list, or a map's keys
 * @param places of its variables among a frame's locals
 * @param start what is gathered before the first round
 * @param condition under which there is another round
 * @param step what is gathered after a round
 * @param result of it all
 */
record Loop(Node range, Places places, Node start, Node condition, Node step, Node result) implements Node {
    /**
     * Where a loop's variables are.
     *
     * @param first an element or a key; where there are two variables, an index or a key
     * @param second an element or a value, or -1 where there is one variable
     * @param gathered what the rounds hand on
     */
    record Places(int first, int second, int gathered) {}

    @Override
    public Object value(Frame frame) throws CelEvaluationException {
        frame.meter.step();
        Object range = this.range.value(frame);
        frame.set(places.gathered, start.value(frame));
        switch (range) {
            case List<?> list -> over(list, frame);
            case Map<?, ?> map -> over(map, frame);
            default -> throw Operation.noOverload("of a macro, which takes a list or a map");
        }
        return result.value(frame);
    }

    private void over(List<?> list, Frame frame) throws CelEvaluationException {
        long index = 0;
        for (Object element : list) {
            if (places.second < 0) {
                frame.set(places.first, element);
            } else {
                frame.set(places.first, index++);
                frame.set(places.second, element);
            }
            if (!round(frame)) {
                return;
            }
        }
    }

    private void over(Map<?, ?> map, Frame frame) throws CelEvaluationException {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            frame.set(places.first, entry.getKey());
            if (places.second >= 0) {
                frame.set(places.second, entry.getValue());
            }
            if (!round(frame)) {
                return;
            }
        }
    }

    private boolean round(Frame frame) throws CelEvaluationException {
        frame.meter.step();
        if (condition.value(frame).equals(false)) {
            return false;
        }
        frame.setOrRemember(places.gathered, step);
        return true;
    }
}
