package io.thoughtbus.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription would do if it were declared so; nothing is changed.
 *
 * @param threshold that would be in force, of the first part where there are several
 * @param guard what the guard would stop
 * @param failures of the draft's tests
 * @param histogram how the newest facts lie to the threshold, from the lowest margin up
 * @param above those just above the threshold, the nearest first
 * @param below those just below it, the nearest first
 * @param gained would wake and do not wake the subscription as it is, at most 20, the newest first
 * @param lost wake the subscription as it is and would no longer, at most 20, the newest first
 * @param parts the clusters of meaning that the interest would be learned as; none where it is one
 */
public record Preview(
        double threshold,
        List<Qualifier> guard,
        List<TestFailure> failures,
        Outlook outlook,
        List<Bin> histogram,
        List<Sample> above,
        List<Sample> below,
        List<Sample> gained,
        List<Sample> lost,
        List<Part> parts) {
    public Preview {
        parts = parts == null ? List.of() : List.copyOf(parts);
        guard = List.copyOf(guard);
        failures = List.copyOf(failures);
        histogram = List.copyOf(histogram);
        above = List.copyOf(above);
        below = List.copyOf(below);
        gained = List.copyOf(gained);
        lost = List.copyOf(lost);
    }

    /**
     * Facts whose margins lie close together.
     *
     * @param from the lowest margin of the bin, which is 0.05 wide
     * @param facts how many there are
     * @param wakes how many of them would wake
     */
    public record Bin(double from, int facts, int wakes) {}

    /**
     * A fact, and where it lies.
     *
     * @param stoppedBy why the guard would stop it, if it does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sample(
            FactId fact,
            String text,
            double margin,
            @Nullable Qualifier stoppedBy) {}
}
