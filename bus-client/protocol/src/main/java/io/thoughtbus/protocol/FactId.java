package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fact's id, which is its position in the journal: {@code <shard>-<milliseconds>-<sequence>}. The order of ids is
 * the order of the journal: by time of acceptance, then sequence, then shard.
 *
 * @param shard the journal's shard, from 0
 * @param milliseconds since 1970, when the fact was accepted; later than that if the bus' clock had been ahead before
 * @param sequence tells facts of the same millisecond and shard apart
 */
public record FactId(int shard, long milliseconds, long sequence) implements Comparable<FactId> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,2})-(\\d{1,16})-(\\d{1,16})");
    private static final Pattern WAKE =
            Pattern.compile("(\\d{1,2}-\\d{1,16}-\\d{1,16})\\.\\d{1,18}r?(?:\\.[A-Za-z0-9-]{1,64})?");

    public FactId {
        if (shard < 0 || milliseconds < 0 || sequence < 0) {
            throw new IllegalArgumentException(
                    "the parts of a fact's id must not be negative: " + shard + " " + milliseconds + " " + sequence);
        }
    }

    /**
     * The id in its written form.
     *
     * @throws InvalidFieldException if it is none, naming the field {@code id}
     */
    public static FactId parse(String value) {
        return parse("id", value);
    }

    /** The id in JSON, where the id of a wake stands for that of its fact. */
    @JsonCreator
    static FactId fromJson(String value) {
        Matcher wake = WAKE.matcher(value);
        return parse("", wake.matches() ? wake.group(1) : value);
    }

    /** The id in its written form, refused under the name of the given field. */
    public static FactId parse(String field, String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw new InvalidFieldException(field, "must be a fact's id, <shard>-<milliseconds>-<sequence>");
        }
        return new FactId(
                Integer.parseInt(form.group(1)), Long.parseLong(form.group(2)), Long.parseLong(form.group(3)));
    }

    /** When the fact was accepted, as far as its position says; {@link Fact#acceptedAt} is exact. */
    public Instant acceptedAt() {
        return Instant.ofEpochMilli(milliseconds);
    }

    @Override
    public int compareTo(FactId other) {
        int byTime = Long.compare(milliseconds, other.milliseconds);
        int bySequence = byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        return bySequence != 0 ? bySequence : Integer.compare(shard, other.shard);
    }

    @JsonValue
    @Override
    public String toString() {
        return shard + "-" + milliseconds + "-" + sequence;
    }
}
