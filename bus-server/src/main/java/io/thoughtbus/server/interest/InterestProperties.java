package io.thoughtbus.server.interest;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How interests are made.
 *
 * @param threshold the lowest score that wakes where a subscription gives none, -1 to 1; it belongs to the packaged
 *     model, and another model wants another
 */
@ConfigurationProperties("thoughtbus.interest")
record InterestProperties(@DefaultValue("0.45") double threshold) {
    InterestProperties {
        if (!(threshold >= -1 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "thoughtbus.interest.threshold must be within [-1, 1] but was " + threshold);
        }
    }
}
