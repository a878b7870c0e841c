package io.thoughtbus.server.campaign;

import io.thoughtbus.server.history.Ending;
import io.thoughtbus.server.history.Fault;
import io.thoughtbus.server.history.FaultKind;
import io.thoughtbus.server.history.History;
import io.thoughtbus.server.history.HistoryReport;
import io.thoughtbus.server.history.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** How a run ended. Each leaves a line for the table of the campaign in {@code target/campaign}. */
record Outcome(Scale scale, HistoryReport report, History history, Ending ending, Duration took) {
    private static final Path TABLE = Path.of("target/campaign");

    /** Writes the line of this run into the table. */
    Outcome noted(String fault) {
        return noted(fault, "");
    }

    /** The same, with a remark. */
    Outcome noted(String fault, String remark) {
        Tally tally = report.tally();
        String line = String.format(
                Locale.ROOT,
                "| %s | %,d | %d | %d | %,d | %,d | %d | %d | %d | %d | %d | %,d s | %d | %s |%n",
                fault,
                tally.journalled(),
                scale.subscriptions(),
                scale.strikes(),
                unknown(),
                tally.wakes(),
                count(FaultKind.LOST_FACT),
                count(FaultKind.STORED_TWICE),
                count(FaultKind.MISSED_WAKE),
                count(FaultKind.FALSE_WAKE) + count(FaultKind.PHANTOM_WAKE),
                count(FaultKind.HELD_BY_TWO) + count(FaultKind.WOKEN_AFTER_DONE),
                took.toSeconds(),
                scale.seed(),
                remark);
        write(fault.replaceAll("\\W+", "-") + ".md", line);
        return this;
    }

    /** Leaves a sentence beneath the table. */
    static void remark(String name, String sentence) {
        write(name + ".txt", sentence + "\n");
    }

    private static void write(String file, String line) {
        System.out.print(line);
        try {
            Files.createDirectories(TABLE);
            Files.writeString(TABLE.resolve(file), line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many publications had no answer, or one that they should come again. */
    long unknown() {
        return report.tally().unknownStored() + report.tally().unknownNotStored();
    }

    /** How often something was found. */
    int count(FaultKind kind) {
        return report.fault(kind).map(Fault::count).orElse(0);
    }
}
