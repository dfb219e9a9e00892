package dev.portcullis.cli;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of an option by the names that they print themselves as. */
abstract class Names<T> implements ITypeConverter<T>, Iterable<String> {
    private final Map<String, Supplier<T>> values = new LinkedHashMap<>();

    @SafeVarargs
    Names(T... all) {
        for (T value : all) {
            values.put(value.toString(), () -> value);
        }
    }

    /** With one more name, whose value is found when it is used. */
    Names(T[] all, String more, Supplier<T> found) {
        this(all);
        values.put(more, found);
    }

    @Override
    public T convert(String name) {
        Supplier<T> value = values.get(name);
        if (value == null) {
            throw new TypeConversionException("use one of " + String.join(", ", values.keySet()));
        }
        return value.get();
    }

    @Override
    public Iterator<String> iterator() {
        return values.keySet().iterator();
    }
}
