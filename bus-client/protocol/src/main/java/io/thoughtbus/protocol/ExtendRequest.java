package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's wish to keep wakes in hand.
 *
 * @param wakes their ids, at most 256
 * @param lease how long from now, 100 ms to 12 h; absent means the subscription's lease
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExtendRequest(List<String> wakes, @Nullable Duration lease) {
    public ExtendRequest {
        wakes = Fields.wakes(wakes);
        if (lease != null) {
            Fields.within("lease", lease, Duration.ofMillis(100), Limits.LEASE);
        }
    }
}
