package io.thoughtbus.protocol;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of single fields: each returns the value or throws {@link InvalidFieldException}. */
public final class Fields {
    /** What namespaces are made of. */
    public static final String NAMESPACE_ALPHABET = "1 to 63 of a-z, 0-9 and hyphen, starting with a letter or digit";

    /** What ids, subjects, publishers, subscribers and keys are made of. */
    public static final String ID_ALPHABET =
            "1 to 128 of A-Z, a-z, 0-9, dot, underscore and hyphen, starting with a letter or digit";

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int SHOWN = 60;
    private static final int LONGEST_WAKE = 128;

    private Fields() {}

    /** A namespace. */
    public static String namespace(@Nullable String value) {
        return matching("namespace", value, NAMESPACE, NAMESPACE_ALPHABET);
    }

    /** An id of the documented alphabet, which is safe in key names and queries. */
    public static String id(String field, @Nullable String value) {
        return matching(field, value, ID, ID_ALPHABET);
    }

    /** An id that may be absent. */
    public static @Nullable String optionalId(String field, @Nullable String value) {
        return value == null ? null : id(field, value);
    }

    /** A text of 1 to {@link Limits#TEXT} characters that says something. */
    public static String text(String field, @Nullable String value) {
        return text(field, value, Limits.TEXT);
    }

    /** A text of 1 to {@code longest} characters: well-formed Unicode, no control characters but tab and line ends. */
    public static String text(String field, @Nullable String value, int longest) {
        if (value == null || value.isBlank()) {
            throw new InvalidFieldException(field, "must hold 1 to " + longest + " characters, not all blank");
        }
        int length = value.codePointCount(0, value.length());
        if (length > longest) {
            throw new InvalidFieldException(field, "must hold 1 to " + longest + " characters but held " + length);
        }
        return wellFormed(field, value);
    }

    /** A finite number within bounds, both included. */
    public static double within(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new InvalidFieldException(
                    field, "must be within [" + plain(lowest) + ", " + plain(highest) + "] but was " + value);
        }
        return value;
    }

    /** A whole number within bounds, both included. */
    public static int within(String field, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new InvalidFieldException(field, "must be within [" + lowest + ", " + highest + "] but was " + value);
        }
        return value;
    }

    /** A duration within bounds, both included. */
    public static Duration within(String field, Duration value, Duration shortest, Duration longest) {
        if (value.compareTo(shortest) < 0 || value.compareTo(longest) > 0) {
            throw new InvalidFieldException(field, "must be " + shortest + " to " + longest + " but was " + value);
        }
        return value;
    }

    /** A list of at most so many elements; absent means empty. */
    public static <T> List<T> atMost(String field, @Nullable List<T> values, int most) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > most) {
            throw new InvalidFieldException(field, "must hold at most " + most + " elements but held " + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) == null) {
                throw new InvalidFieldException(field + "[" + i + "]", "must not be null");
            }
        }
        return List.copyOf(values);
    }

    /** The id of a wake, by its length and characters alone. */
    static String wake(String field, @Nullable String value) {
        return text(field, value, LONGEST_WAKE);
    }

    /** The ids of at most {@link Limits#WAKES} wakes; absent means none. */
    static List<String> wakes(@Nullable List<String> wakes) {
        List<String> checked = atMost("wakes", wakes, Limits.WAKES);
        for (int i = 0; i < checked.size(); i++) {
            wake("wakes[" + i + "]", checked.get(i));
        }
        return checked;
    }

    /** Texts, at most so many, each as {@link #text(String, String)} takes it; none if absent. */
    public static List<String> texts(String field, @Nullable List<String> texts, int most) {
        List<String> checked = atMost(field, texts, most);
        for (int i = 0; i < checked.size(); i++) {
            text(field + "[" + i + "]", checked.get(i));
        }
        return checked;
    }

    /** What must be there. */
    public static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidFieldException(field, "is required");
        }
        return value;
    }

    static String wellFormed(String field, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t') {
                throw new InvalidFieldException(
                        field, String.format("must not hold control characters but held U+%04X at %d", (int) c, i));
            }
            if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidFieldException(
                        field, String.format("must be well-formed Unicode but held a lone U+%04X at %d", (int) c, i));
            }
        }
        return value;
    }

    private static String matching(String field, @Nullable String value, Pattern pattern, String alphabet) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw new InvalidFieldException(field, "must be " + alphabet + " but was " + shown(value));
        }
        return value;
    }

    private static String shown(@Nullable String value) {
        if (value == null) {
            return "absent";
        }
        String printable = value.codePoints()
                .limit(SHOWN)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return value.length() > SHOWN
                ? "'" + printable + "…' (" + value.length() + " characters)"
                : "'" + printable + "'";
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
