package io.thoughtbus.server.replay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.thoughtbus.protocol.Qualifier;
import io.thoughtbus.server.interest.CompiledInterest;
import io.thoughtbus.server.interest.Filter;
import io.thoughtbus.server.interest.LearnedPart;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What would decide, as it was compiled when the replay was asked for.
 *
 * @param version of the subscription; 0 for a draft
 * @param direction as base64 of little-endian FLOAT32, of the first part
 * @param threshold of the first part
 * @param parts all parts; none where there is only one
 * @param model the tag of the model that made it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Hypothesis(
        int version,
        String direction,
        double threshold,
        @Nullable String filter,
        Set<Qualifier> guard,
        String model,
        List<LearnedPart> parts) {
    Hypothesis {
        parts = parts == null ? List.of() : List.copyOf(parts);
        guard = guard == null ? Set.of() : Set.copyOf(guard);
    }

    static Hypothesis of(CompiledInterest interest, String model) {
        return new Hypothesis(
                interest.version(),
                Base64.getEncoder().encodeToString(interest.direction().toBytes()),
                interest.threshold(),
                interest.filter() == null ? null : interest.filter().expression(),
                interest.minded(),
                model,
                LearnedPart.of(interest));
    }

    CompiledInterest compiled(String subscription) {
        return new CompiledInterest(
                subscription,
                0,
                version,
                (parts.isEmpty() ? List.of(new LearnedPart(direction, threshold, List.of())) : parts)
                        .stream().map(LearnedPart::toPart).toList(),
                filter == null ? null : Filter.compile(filter),
                guard,
                null);
    }
}
