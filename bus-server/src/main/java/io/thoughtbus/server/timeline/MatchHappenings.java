package io.thoughtbus.server.timeline;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.TimelineEntry;
import io.thoughtbus.protocol.TimelineEntry.What;
import io.thoughtbus.server.matching.Match;
import io.thoughtbus.server.matching.MatchSet;
import io.thoughtbus.server.matching.WholeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Whom facts concerned, as it was recorded. */
@Component
final class MatchHappenings implements Happenings {
    private final WholeRecord record;

    MatchHappenings(WholeRecord record) {
        this.record = record;
    }

    @Override
    public List<TimelineEntry> of(String namespace, List<FactId> facts, Consumer<String> missing) {
        List<TimelineEntry> entries = new ArrayList<>();
        for (MatchSet set : record.findAll(namespace, facts)) {
            set.matches().forEach(match -> entries.add(decided(set.fact(), What.MATCHED, match, "")));
            set.inDoubt()
                    .forEach(match ->
                            entries.add(decided(set.fact(), What.MATCHED, match, ", left to the second stage")));
            set.stopped()
                    .forEach(stop -> entries.add(decided(
                            set.fact(),
                            What.STOPPED,
                            stop.match(),
                            ", read as " + stop.by().meaning())));
            set.told().forEach(match -> entries.add(decided(set.fact(), What.TOLD, match, ", of what it takes back")));
        }
        return entries;
    }

    private static TimelineEntry decided(FactId fact, What what, Match match, String further) {
        String detail = String.format(
                Locale.ROOT,
                "score %.3f, threshold %.3f, %sversion %d%s",
                match.score(),
                match.threshold(),
                match.part() == null ? "" : "part " + match.part() + ", ",
                match.version(),
                further);
        return new TimelineEntry(fact.acceptedAt(), what, fact, match.interest().subscription(), detail);
    }
}
