package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Timeline;
import io.thoughtbus.protocol.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A timeline for people: a line for each entry, with times relative to the first. */
final class TimelineText {
    private TimelineText() {}

    static String of(Timeline timeline) {
        List<TimelineEntry> entries = timeline.entries();
        if (entries.isEmpty()) {
            return missing(timeline) + "nothing happened" + more(timeline.next());
        }
        Instant first = Timelines.time(entries.get(0));
        int facts = widest(entries, entry -> entry.fact().toString());
        int who = widest(entries, TimelineText::who);
        int times = widest(entries, entry -> time(first, entry));
        StringBuilder text = new StringBuilder("from " + first + "\n").append(missing(timeline));
        for (TimelineEntry entry : entries) {
            String line = pad(-times, time(first, entry)) + "  "
                    + pad(14, entry.what().toString()) + "  "
                    + pad(facts, entry.fact().toString()) + "  " + pad(who, who(entry)) + "  "
                    + Objects.requireNonNullElse(entry.detail(), "").replaceAll("\\R", " ");
            text.append(line.stripTrailing()).append('\n');
        }
        return text.append(more(timeline.next())).toString();
    }

    private static String missing(Timeline timeline) {
        return timeline.missing().stream()
                .map(what -> "missing: " + what + "\n")
                .collect(Collectors.joining());
    }

    private static String more(@Nullable FactId next) {
        return next == null ? "" : "more after " + next + "\n";
    }

    /** When an entry happened, relative to the first. */
    static String time(Instant first, TimelineEntry entry) {
        return entry.at() == null
                ? "?"
                : String.format(
                        Locale.ROOT,
                        "+%.3f s",
                        Duration.between(first, entry.at()).toMillis() / 1000.0);
    }

    private static String who(TimelineEntry entry) {
        return Objects.requireNonNullElse(entry.who(), "");
    }

    private static int widest(List<TimelineEntry> entries, Function<TimelineEntry, String> column) {
        return entries.stream().map(column).mapToInt(String::length).max().orElse(0);
    }

    /** With blanks to the right, or to the left for a width below 0. */
    private static String pad(int width, String text) {
        return width == 0 ? text : String.format("%" + -width + "s", text);
    }
}
