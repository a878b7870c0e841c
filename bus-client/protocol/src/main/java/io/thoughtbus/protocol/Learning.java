package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a subscription goes on learning after it was declared. */
public enum Learning {
    /** It stays as it was declared. */
    OFF,
    /** It stays as it was declared, and is told when there is something to be learned. */
    SUGGESTED,
    /**
     * It becomes a new version when its verdicts teach something; and with nothing but a text it learns from the
     * namespace's facts, which nobody has labelled.
     */
    AUTOMATIC;

    @JsonCreator
    static Learning fromJson(String value) {
        for (Learning learning : values()) {
            if (learning.toString().equals(value)) {
                return learning;
            }
        }
        throw new InvalidFieldException("", "must be off, suggested or automatic but was " + value);
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
