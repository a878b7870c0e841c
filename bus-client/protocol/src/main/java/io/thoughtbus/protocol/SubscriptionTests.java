package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * Sentences that an interest must tell apart, kept with the subscription. They judge score and guard; a filter, which
 * reads attributes, is not asked.
 *
 * @param shouldWake at most 100
 * @param shouldNotWake at most 100, none of them on the other side as well
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SubscriptionTests(List<String> shouldWake, List<String> shouldNotWake) {
    private static final int MOST = 100;

    public SubscriptionTests {
        shouldWake = Fields.texts("shouldWake", shouldWake, MOST);
        shouldNotWake = Fields.texts("shouldNotWake", shouldNotWake, MOST);
        for (int i = 0; i < shouldNotWake.size(); i++) {
            if (shouldWake.contains(shouldNotWake.get(i))) {
                throw new InvalidFieldException(
                        "shouldNotWake[" + i + "]", "must not be what should wake as well: " + shouldNotWake.get(i));
            }
        }
    }
}
