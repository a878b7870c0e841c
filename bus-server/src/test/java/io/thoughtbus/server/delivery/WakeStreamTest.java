package io.thoughtbus.server.delivery;

import static io.thoughtbus.server.Samples.fact;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.EventReader;
import io.thoughtbus.server.EventReader.Event;
import io.thoughtbus.server.HttpProbe;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class WakeStreamTest {
    private static final Duration A_WHILE = Duration.ofMillis(400);

    @LocalServerPort
    private int port;

    private HttpProbe bus;

    @BeforeEach
    void declare() {
        bus = HttpProbe.at(port);
        bus.declare("late", subscription("a parcel is late"));
    }

    @Test
    void pushesWhatIsOwedAndWhatComes() {
        String owed = bus.publish(fact("a parcel is late", "parcel-1"));

        try (EventReader reader = EventReader.open(bus, "late", 10)) {
            assertThat(facts(reader.next(1))).containsExactly(owed);
            List<String> more = publish(5);

            assertThat(facts(reader.next(5))).containsExactlyElementsOf(more);
            assertThat(reader.isSilentFor(A_WHILE)).isTrue();
        }
    }

    @Test
    void pushesTheWholeOfALargeWakeThoughNothingFollowsIt() {
        String long4000 = "a parcel is late ".repeat(240);
        String id = bus.publish("{\"text\":\"a parcel is late\",\"attributes\":{"
                + IntStream.range(0, 15)
                        .mapToObj(i -> "\"a" + i + "\":\"" + long4000 + "\"")
                        .collect(Collectors.joining(","))
                + "}}");

        try (EventReader reader = EventReader.open(bus, "late", 10)) {
            assertThat(facts(reader.next(1))).containsExactly(id);
        }
    }

    @Test
    void pushesNoMoreThanItsWindowHolds() {
        List<String> ids = publish(5);

        try (EventReader reader = EventReader.open(bus, "late", 2)) {
            List<Event> first = reader.next(2);
            assertThat(facts(first)).containsExactlyElementsOf(ids.subList(0, 2));
            assertThat(reader.isSilentFor(A_WHILE)).isTrue();

            bus.settle("late", "done", List.of(first.get(1).wake()));
            assertThat(facts(reader.next(1))).containsExactly(ids.get(2));
            assertThat(reader.isSilentFor(A_WHILE)).isTrue();

            bus.settle("late", "never", List.of(first.get(0).wake()));
            assertThat(facts(reader.next(1))).containsExactly(ids.get(3));
        }
    }

    @Test
    void aReaderThatComesBackIsSentWhatCameAfterTheLastEventItSawAndNothingElse() {
        List<String> ids = publish(6);
        List<Event> seen;
        try (EventReader reader = EventReader.open(bus, "late", 10)) {
            seen = reader.next(6);
        }

        try (EventReader reader = resume(seen.get(2))) {
            List<Event> again = reader.next(3);
            assertThat(again).extracting(Event::id).containsExactlyElementsOf(ids(seen.subList(3, 6)));
            assertThat(facts(again)).containsExactlyElementsOf(ids.subList(3, 6));
            assertThat(again).allMatch(event -> event.wake().get("attempt").asInt() == 1);
            assertThat(reader.isSilentFor(A_WHILE)).isTrue();

            String next = bus.publish(fact("a parcel is late", "parcel-1"));
            assertThat(facts(reader.next(1))).containsExactly(next);
        }
    }

    @Test
    void aReaderThatComesBackIsNotSentWhatHasBeenSettled() {
        publish(4);
        List<Event> seen;
        try (EventReader reader = EventReader.open(bus, "late", 10)) {
            seen = reader.next(4);
        }
        bus.settle("late", "done", List.of(seen.get(2).wake()));

        try (EventReader reader = resume(seen.get(0))) {
            assertThat(reader.next(2))
                    .extracting(Event::id)
                    .containsExactly(seen.get(1).id(), seen.get(3).id());
            assertThat(reader.isSilentFor(A_WHILE)).isTrue();
        }
    }

    @Test
    void aReaderThatSawEverythingIsSentNothingAgain() {
        publish(3);
        List<Event> seen;
        try (EventReader reader = EventReader.open(bus, "late", 10)) {
            seen = reader.next(3);
        }

        try (EventReader reader = resume(seen.get(2))) {
            assertThat(reader.isSilentFor(A_WHILE)).isTrue();
            assertThat(bus.take("late", 10, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void aReaderCutOffAgainAndAgainMissesNothingAndSeesNothingTwice() {
        List<String> ids = publish(40);

        EventReader reader = EventReader.open(bus, "late", 5);
        Stream.Builder<Event> all = Stream.builder();
        for (int i = 0; i < 20; i++) {
            List<Event> two = reader.next(2);
            two.forEach(all);
            bus.settle("late", "done", two.stream().map(Event::wake).toList());
            reader.close();
            reader = resume(two.get(1));
        }
        reader.close();

        assertThat(facts(all.build().toList())).containsExactlyElementsOf(ids);
    }

    @Test
    void aReaderThatComesBackReplacesItsOldConnection() {
        publish(2);

        try (EventReader first = EventReader.open(bus, "late", 10)) {
            List<Event> seen = first.next(2);
            try (EventReader second = resume(seen.get(0))) {
                first.awaitEnd();
                assertThat(second.next(1))
                        .extracting(Event::id)
                        .containsExactly(seen.get(1).id());
            }
        }
    }

    @Test
    void twoReadersShareAnInbox() {
        try (EventReader first = EventReader.open(bus, "late", 20);
                EventReader second = EventReader.open(bus, "late", 20)) {
            List<String> ids = publish(40);

            List<String> toFirst = facts(first.next(20));
            List<String> toSecond = facts(second.next(20));

            assertThat(toFirst).hasSize(20).doesNotContainAnyElementsOf(toSecond);
            assertThat(Stream.concat(toFirst.stream(), toSecond.stream())).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    void aWakeThatAReaderLeavesUnansweredIsPushedAgainWhenItsLeaseEnds() {
        bus.declare("late", subscription("a parcel is late", ",\"delivery\":{\"lease\":\"PT0.3S\"}"));
        String id = bus.publish(fact("a parcel is late"));

        try (EventReader reader = EventReader.open(bus, "late", 10)) {
            List<Event> events = reader.next(3);

            assertThat(facts(events)).containsExactly(id, id, id);
            assertThat(events.stream().map(event -> event.wake().get("attempt").asInt()))
                    .containsExactly(1, 2, 3);
            assertThat(ids(events)).doesNotHaveDuplicates();
        }
    }

    private EventReader resume(Event last) {
        return EventReader.resume(bus, "late", 10, last.id());
    }

    private List<String> publish(int count) {
        return bus.publishAll(IntStream.range(0, count)
                .mapToObj(i -> fact("a parcel is late", "parcel-1"))
                .toList());
    }

    private static List<String> ids(List<Event> events) {
        return events.stream().map(Event::id).toList();
    }

    private static List<String> facts(List<Event> events) {
        return events.stream()
                .map(event -> event.wake().at("/fact/id").asString())
                .toList();
    }
}
