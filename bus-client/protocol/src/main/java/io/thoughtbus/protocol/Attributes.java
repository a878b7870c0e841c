package io.thoughtbus.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for a fact's attributes. */
final class Attributes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,63}");

    private Attributes() {}

    /** The attributes in their order, numbers as {@link Long} or {@link Double}, unmodifiable. */
    static Map<String, Object> checked(@Nullable Map<String, ?> attributes) {
        if (attributes == null || attributes.isEmpty()) {
            return Map.of();
        }
        if (attributes.size() > Limits.ATTRIBUTES) {
            throw new InvalidFieldException(
                    "attributes", "must hold at most " + Limits.ATTRIBUTES + " but held " + attributes.size());
        }
        Map<String, Object> checked = new LinkedHashMap<>();
        attributes.forEach((name, value) -> checked.put(name(name), value(name, value)));
        return Collections.unmodifiableMap(checked);
    }

    private static String name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidFieldException(
                    "attributes",
                    "must have names of 1 to 64 letters, digits, dots, underscores and hyphens, "
                            + "starting with a letter or underscore");
        }
        return name;
    }

    private static Object value(String name, @Nullable Object value) {
        String field = "attributes." + name;
        if (value instanceof String text) {
            if (text.codePointCount(0, text.length()) > Limits.ATTRIBUTE_TEXT) {
                throw new InvalidFieldException(field, "must hold at most " + Limits.ATTRIBUTE_TEXT + " characters");
            }
            return Fields.wellFormed(field, text);
        }
        if (value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if ((value instanceof Double || value instanceof Float) && Double.isFinite(((Number) value).doubleValue())) {
            return ((Number) value).doubleValue();
        }
        throw new InvalidFieldException(
                field, "must be a text, a finite number (whole ones of 64 bits at most), true or false");
    }
}
