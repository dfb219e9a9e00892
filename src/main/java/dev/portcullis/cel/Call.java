package dev.portcullis.cel;

import dev.cel.runtime.CelEvaluationException;

/** A function with its arguments, which are all evaluated. */
final class Call implements Node {
    private final Operation operation;
    private final Node[] arguments;

    Call(Operation operation, Node[] arguments) {
        this.operation = operation;
        this.arguments = arguments;
    }

    @Override
    public Object value(Frame frame) throws CelEvaluationException {
        return operation.apply(values(arguments, frame), frame.meter);
    }

    /** Values of nodes, in their order. */
    static Object[] values(Node[] nodes, Frame frame) throws CelEvaluationException {
        frame.meter.step();
        Object[] values = new Object[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            values[i] = nodes[i].value(frame);
        }
        return values;
    }
}
