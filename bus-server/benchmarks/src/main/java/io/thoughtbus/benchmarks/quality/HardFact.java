package io.thoughtbus.benchmarks.quality;

import io.thoughtbus.protocol.Qualifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A line of the hard sets.
 *
 * @param interest the name of an interest
 * @param kind whether the text should wake it, why not, or what else it is to it
 */
public record HardFact(String interest, String kind, String text) {
    /** The kind of facts that should wake. */
    public static final String WAKE = "wake";

    /** The kinds of facts that should not, in the order in which a set gives counterexamples of them. */
    static final List<String> HARD = List.of("negated", "hypothetical", "past", "role", "vocabulary");

    /** The lines of one file. */
    public static List<HardFact> read(String file) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(HardFact.class.getResourceAsStream("/hard/" + file + ".tsv")),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .map(line -> line.split("\t", 3))
                    .map(fields -> new HardFact(fields[0], fields[1], fields[2]))
                    .toList();
        }
    }

    /** The kind of facts that are qualified in this way. */
    public static String kind(Qualifier qualifier) {
        return switch (qualifier) {
            case NEGATED -> "negated";
            case HYPOTHETICAL -> "hypothetical";
            case PAST -> "past";
            case SOMEBODY_ELSE -> "role";
        };
    }
}
