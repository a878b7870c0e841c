package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.Timeline;
import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A timeline as a Mermaid sequence diagram between publishers, the bus and subscriptions. */
final class TimelineDiagram {
    private static final int LONGEST = 80;

    private final Map<String, String> publishers = new LinkedHashMap<>();
    private final Map<String, String> subscriptions = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();

    private final Instant first;

    private TimelineDiagram(Instant first) {
        this.first = first;
    }

    static String of(Timeline timeline) {
        List<TimelineEntry> entries = timeline.entries();
        TimelineDiagram diagram =
                new TimelineDiagram(entries.isEmpty() ? Instant.EPOCH : Timelines.time(entries.get(0)));
        timeline.missing().forEach(what -> diagram.lines.add("Note over bus: missing: " + safe(what)));
        entries.forEach(diagram::add);
        return diagram.write();
    }

    private void add(TimelineEntry entry) {
        String detail = Objects.requireNonNullElse(entry.detail(), "");
        String time = TimelineText.time(first, entry) + " ";
        if (entry.who() == null) {
            lines.add("Note over bus: " + time + safe(entry.fact() + " " + entry.what() + " " + detail));
        } else if (entry.what() == What.PUBLISHED) {
            String publisher = alias(publishers, "p", entry.who());
            lines.add(publisher + "->>bus: " + time + safe(entry.fact() + " " + detail));
        } else {
            String subscription = alias(subscriptions, "s", entry.who());
            String words = safe(entry.fact() + " " + entry.what() + ", " + detail);
            lines.add(line(entry.what(), subscription) + time + words);
        }
    }

    private static String line(What what, String subscription) {
        return switch (what) {
            case MATCHED, TOLD, DELIVERED -> "bus->>" + subscription + ": ";
            case STOPPED, NEARLY_MATCHED -> "bus--x" + subscription + ": ";
            case VERDICT, EXTENDED -> subscription + "->>bus: ";
            default -> "Note over " + subscription + ": ";
        };
    }

    private static String alias(Map<String, String> aliases, String prefix, String name) {
        return aliases.computeIfAbsent(name, unknown -> prefix + (aliases.size() + 1));
    }

    private String write() {
        StringBuilder text = new StringBuilder("sequenceDiagram\n");
        publishers.forEach((name, alias) -> participant(text, alias, name));
        participant(text, "bus", "bus");
        subscriptions.forEach((name, alias) -> participant(text, alias, name));
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        return text.toString();
    }

    private static void participant(StringBuilder text, String alias, String name) {
        text.append("    participant ")
                .append(alias)
                .append(" as ")
                .append(name)
                .append('\n');
    }

    /** Mermaid ends statements at semicolons and lines, and takes what follows a number sign for a character's name. */
    private static String safe(String words) {
        String plain = words.replaceAll("\\s+", " ").strip();
        int[] first = plain.codePoints().limit(LONGEST).toArray();
        String cut = new String(first, 0, first.length);
        return (cut.length() < plain.length() ? cut + "…" : cut)
                .replace("#", "#35;")
                .replace(";", "#59;")
                .replace("#35#59;", "#35;");
    }
}
