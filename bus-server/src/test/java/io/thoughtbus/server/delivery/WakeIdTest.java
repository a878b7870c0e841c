package io.thoughtbus.server.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WakeIdTest {
    private static final long NOON = 1_795_435_200_000L;

    @ParameterizedTest
    @CsvSource({
        "0, 1795435200000, 0, 7, , 0-1795435200000-00000000.7",
        "3, 1795435200000, 12, 900, , 3-1795435200000-00000012.900",
        "0, 5, 123456789, 1, , 0-5-123456789.1",
        "0, 5, 2, 1, 6f1c-9, 0-5-00000002.1.6f1c-9"
    })
    void isWrittenAndReadAlike(
            int shard, long milliseconds, long sequence, long revision, @Nullable String replay, String written) {
        WakeId id = new WakeId(new FactId(shard, milliseconds, sequence), revision, replay);

        assertThat(id).hasToString(written);
        assertThat(WakeId.parse(written)).contains(id);
    }

    @ParameterizedTest
    @CsvSource({", 3-1795435200000-00000012.7r", "6f1c-9, 3-1795435200000-00000012.7r.6f1c-9"})
    void saysWhetherItTellsOfARetraction(@Nullable String replay, String written) {
        WakeId id = new WakeId(new FactId(3, NOON, 12), 7, true, replay);

        assertThat(id).hasToString(written);
        assertThat(WakeId.parse(written)).contains(id);
    }

    @Test
    void sortsAsTextInTheOrderOfPositions() {
        List<FactId> positions = Stream.of(0, 1, 2, 9, 10, 11, 99, 100, 1_000_000)
                .map(sequence -> new FactId(2, NOON, sequence))
                .toList();

        assertThat(positions).isSorted();
        assertThat(positions.stream()
                        .map(position -> WakeId.of(position, 7).toString())
                        .toList())
                .isSorted();
    }

    @Test
    void sortsTheReplayedWakesOfOneMillisecondAlike() {
        assertThat(Stream.of(2, 10, 100)
                        .map(sequence -> new WakeId(new FactId(0, NOON, sequence), 7, "r").toString())
                        .toList())
                .isSorted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0-5-00000002",
                "0-5-2.1",
                "0-5-00000002.x",
                "0-5-00000002.1.",
                "0-5-00000002.1.a b",
                "-1-5-00000002.1",
                "0-5-00000002.1.r.s",
                "99999-5-00000002.1",
                "0-99999999999999999-00000002.1"
            })
    void isNotReadFromAnythingElse(String written) {
        assertThat(WakeId.parse(written)).isEmpty();
    }
}
