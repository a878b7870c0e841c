package io.thoughtbus.server.delivery;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How wakes are handed over.
 *
 * @param maxWaiting the most takes and streams that may wait for wakes at the same time; further ones are refused
 */
@ConfigurationProperties("thoughtbus.delivery")
record DeliveryProperties(@DefaultValue("4096") int maxWaiting) {
    DeliveryProperties {
        if (maxWaiting < 1 || maxWaiting > 1_000_000) {
            throw new IllegalArgumentException(
                    "thoughtbus.delivery.max-waiting must be within [1, 1000000] but was " + maxWaiting);
        }
    }
}
