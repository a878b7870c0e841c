package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * A place in the journal: a time, or the position of a fact. As the start of a range it includes what was accepted in
 * that millisecond or at that position, and so it does as the end.
 */
public final class JournalPoint {
    private final String value;
    private final @Nullable FactId position;
    private final long milliseconds;

    private JournalPoint(String value, @Nullable FactId position, long milliseconds) {
        this.value = value;
        this.position = position;
        this.milliseconds = milliseconds;
    }

    /** The place of a fact. */
    public static JournalPoint at(FactId position) {
        return new JournalPoint(position.toString(), position, position.milliseconds());
    }

    /** The place between what was accepted before this time and what was accepted after. */
    public static JournalPoint at(Instant time) {
        return new JournalPoint(time.toString(), null, Math.max(0, time.toEpochMilli()));
    }

    /**
     * A point in its written form: an ISO-8601 instant or a fact's id.
     *
     * @throws InvalidFieldException if it is neither, naming the given field
     */
    public static JournalPoint parse(String field, String value) {
        try {
            return Character.isDigit(value.isEmpty() ? ' ' : value.charAt(0)) && !value.contains(":")
                    ? at(FactId.parse(field, value))
                    : at(checked(field, Instant.parse(value)));
        } catch (DateTimeParseException e) {
            throw new InvalidFieldException(
                    field, "must be an instant such as 2026-11-23T10:15:30Z, or a fact's id such as 0-1795428930000-0");
        }
    }

    @JsonCreator
    static JournalPoint fromJson(String value) {
        return parse("", value);
    }

    /** Where a range that starts here starts: nothing before it belongs to the range. */
    public FactId first() {
        return position == null ? new FactId(0, milliseconds, 0) : position;
    }

    /** Where a range that ends here ends: nothing after it belongs to the range. */
    public FactId last() {
        return position == null ? new FactId(Integer.MAX_VALUE, milliseconds, Long.MAX_VALUE) : position;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JournalPoint that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }

    private static Instant checked(String field, Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9999-12-31T23:59:59.999Z"))) {
            throw new InvalidFieldException(field, "must be within the years 1970 to 9999 but was " + time);
        }
        return time;
    }
}
