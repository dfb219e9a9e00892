package dev.portcullis.cel;

import dev.cel.common.values.NullValue;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON as expressions see it, without a copy: only what an expression touches is looked at. */
public final class Values {
    private Values() {}

    /**
     * The value of a node. A number written whole is an int if an int holds it, any other a double. Objects and lists are
     * views that remember what was asked of them, so one value is for one thread at a time.
     */
    public static Object of(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> new Fields(object);
            case ArrayNode array -> new Elements(array);
            default -> scalar(node);
        };
    }

    private static Object scalar(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.stringValue();
            case BOOLEAN -> node.booleanValue();
            case NUMBER ->
                node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : number(node);
            default -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(JsonNode node) {
        return node.decimalValue().doubleValue();
    }

    private static final class Elements extends AbstractList<Object> implements RandomAccess {
        private final ArrayNode array;
        private final @Nullable Object[] known;

        Elements(ArrayNode array) {
            this.array = array;
            known = new Object[array.size()];
        }

        @Override
        public Object get(int index) {
            Object value = known[index];
            if (value == null) {
                value = of(array.get(index));
                known[index] = value;
            }
            return value;
        }

        @Override
        public int size() {
            return known.length;
        }

        @Override
        public String toString() {
            return "a list of " + known.length;
        }
    }

    private static final class Fields extends AbstractMap<Object, Object> {
        private final ObjectNode object;

        /** Objects and lists alone: what is no view costs nothing to make again. */
        private @Nullable Map<String, Object> views;

        Fields(ObjectNode object) {
            this.object = object;
        }

        @Override
        public @Nullable Object get(Object key) {
            if (!(key instanceof String name)) {
                return null;
            }
            JsonNode node = object.get(name);
            if (node == null) {
                return null;
            }
            return node.isContainer() ? view(name, node) : scalar(node);
        }

        private Object view(String name, JsonNode node) {
            if (views == null) {
                views = new HashMap<>(4);
            }
            Object view = views.get(name);
            if (view == null) {
                view = of(node);
                views.put(name, view);
            }
            return view;
        }

        @Override
        public boolean containsKey(Object key) {
            return key instanceof String name && object.has(name);
        }

        @Override
        public int size() {
            return object.size();
        }

        @Override
        public Set<Entry<Object, Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<Object, Object>> iterator() {
                    Iterator<String> names = object.propertyNames().iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return names.hasNext();
                        }

                        @Override
                        public Entry<Object, Object> next() {
                            return new Field(names.next());
                        }
                    };
                }

                @Override
                public int size() {
                    return object.size();
                }
            };
        }

        @Override
        public String toString() {
            return "a map of " + object.size();
        }

        /** Its value is looked up only where it is asked for: most loops over a map ask for the keys alone. */
        private final class Field implements Entry<Object, Object> {
            private final String name;

            Field(String name) {
                this.name = name;
            }

            @Override
            public Object getKey() {
                return name;
            }

            @Override
            @SuppressWarnings("NullAway") // the name is one of the object's
            public Object getValue() {
                return get(name);
            }

            @Override
            public Object setValue(Object value) {
                throw new UnsupportedOperationException();
            }
        }
    }
}
