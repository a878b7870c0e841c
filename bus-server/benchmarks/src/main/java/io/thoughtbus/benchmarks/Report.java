package io.thoughtbus.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as a table, printed as they come. */
final class Report {
    private final List<String> rows = new ArrayList<>();

    /** A figure beside its floor; the goal says what the ratio should be. */
    void ratio(String question, String measured, String floor, double ratio, String goal) {
        row(question, measured, floor, String.format(Locale.ROOT, "%.2f", ratio), goal);
    }

    /** A figure without a floor. */
    void figure(String question, String measured, String goal) {
        row(question, measured, "", "", goal);
    }

    String markdown() {
        return "| question | measured | floor | ratio | goal |\n|---|---|---|---|---|\n" + String.join("\n", rows)
                + "\n";
    }

    private void row(String... cells) {
        String row = "| " + String.join(" | ", cells) + " |";
        rows.add(row);
        System.out.println(row);
    }
}
