package dev.portcullis.catalogue;

import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * One way to change a pod, or each container it is applied to.
 *
 * @param boundaries minors of the Pod Security Standards at which what it sets is judged differently from the minor before
 */
record Mutation(String name, List<Integer> boundaries, BiConsumer<ObjectNode, Draw> change) {

    static Mutation of(String name, BiConsumer<ObjectNode, Draw> change, Integer... boundaries) {
        return new Mutation(name, List.of(boundaries), change);
    }

    /** Sets one property to one of the values. */
    static Mutation field(String property, List<String> values, Integer... boundaries) {
        return of(property, (node, draw) -> draw.set(node, property, values), boundaries);
    }

    /** The same, within an object that is made where it is absent. */
    Mutation within(String property) {
        return new Mutation(
                property + "." + name,
                boundaries,
                (node, draw) -> change.accept(node.withObjectProperty(property), draw));
    }

    void apply(ObjectNode node, Draw draw) {
        change.accept(node, draw);
    }
}
