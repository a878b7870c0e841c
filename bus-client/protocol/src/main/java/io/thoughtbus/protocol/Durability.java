package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an accepted fact survives; each level includes the ones before it. */
public enum Durability {
    /** In Redis: survives a crash of the bus or of Redis. */
    ACCEPTED,
    /** In Redis' append-only file on disk: survives a power cut. */
    FSYNCED,
    /** On the disk of a replica too: survives the loss of the machine. */
    REPLICATED;

    /** The level by its lower-case name. */
    public static Durability parse(String value) {
        for (Durability level : values()) {
            if (level.toString().equals(value)) {
                return level;
            }
        }
        throw new InvalidFieldException("durability", "must be accepted, fsynced or replicated");
    }

    @JsonCreator
    static Durability fromJson(String value) {
        return parse(value);
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
