package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the bus is to choose a threshold for: {@link #PRECISION}, {@link #RECALL}, or a share of the background, above 0 and
 * at most 0.5, that may wake.
 *
 * @param kind {@code precision} or {@code recall}; absent for a share
 * @param share of neutral facts that may wake; absent for a kind
 */
public record Aim(@Nullable String kind, @Nullable Double share) {
    /** Rather miss a fact than wake wrongly. */
    public static final Aim PRECISION = new Aim("precision", null);

    /** Rather wake wrongly than miss a fact. */
    public static final Aim RECALL = new Aim("recall", null);

    public Aim {
        if (share != null && !(share > 0 && share <= 0.5)) {
            throw new InvalidFieldException("", "must be a share above 0 and at most 0.5 but was " + share);
        }
    }

    /** At most this share of the background wakes. */
    public static Aim share(double share) {
        return new Aim(null, share);
    }

    @JsonCreator
    static Aim of(Object value) {
        if (value instanceof Number share) {
            return share(share.doubleValue());
        }
        if ("precision".equals(value)) {
            return PRECISION;
        }
        if ("recall".equals(value)) {
            return RECALL;
        }
        throw new InvalidFieldException("", "must be precision, recall, or a share of the background but was " + value);
    }

    /** As it travels. */
    @JsonValue
    Object value() {
        return share == null ? String.valueOf(kind) : share;
    }
}
