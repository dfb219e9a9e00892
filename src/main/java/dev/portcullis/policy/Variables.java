package dev.portcullis.policy;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rules speak of. Objects are trees as the adapters read them; a controller's pod template stands there as the pod
 * that will be made of it.
 *
 * @param object null where there is none that is written as Kubernetes writes it
 * @param oldObject null but on UPDATE
 * @param request the request about it, in the names of {@code admission.k8s.io/v1}, without the objects
 */
public record Variables(@Nullable Object object, @Nullable Object oldObject, Supplier<Object> request) {
    /** Nothing, for what is no Kubernetes object. */
    public static final Variables NONE = new Variables(null, null, Map::of);

    /** The same about another object, which is new. */
    Variables about(Object other) {
        return new Variables(other, null, request);
    }

    /** The same about what there was before. */
    Variables before() {
        return new Variables(oldObject, oldObject, request);
    }
}
