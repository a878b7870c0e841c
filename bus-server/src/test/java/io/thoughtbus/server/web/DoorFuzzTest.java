package io.thoughtbus.server.web;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.subscription;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.web.Doors.Door;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
@Tag("fuzz")
class DoorFuzzTest {
    private static final int BODIES = 2500;

    @LocalServerPort
    private int port;

    @Test
    void everyDoorTakesTheBodyThatTheOthersAreMadeFrom() {
        HttpProbe bus = bus();

        Doors.ALL.forEach(door -> assertThatCode(
                        () -> door.knock(bus, door.body().getBytes(StandardCharsets.UTF_8)))
                .as(door.toString())
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noSpoiltBodyMakesTheBusFail(long seed) {
        HttpProbe bus = bus();
        Mutations mutations = new Mutations(seed);
        Random random = new Random(seed);

        IntStream.range(0, BODIES).forEach(i -> {
            Door door = Doors.ALL.get(random.nextInt(Doors.ALL.size()));
            byte[] body = mutations.of(door.body());
            assertThatCode(() -> door.knock(bus, body))
                    .as("seed %d, body %d to %s: %s", seed, i, door.path(), new String(body, StandardCharsets.UTF_8))
                    .doesNotThrowAnyException();
        });

        assertThat(bus.send(bus.requestTo("/actuator/health"))).hasStatus(200);
    }

    /** The first byte chooses the door, the others are the body. */
    @FuzzTest
    void noBodyMakesTheBusFail(byte[] input) {
        if (input.length > 0) {
            Door door = Doors.ALL.get(Math.floorMod(input[0] - 'a', Doors.ALL.size()));
            door.knock(bus(), Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private HttpProbe bus() {
        HttpProbe bus = HttpProbe.at(port, "fuzzed");
        bus.declare("late", subscription("a parcel is late"));
        return bus;
    }
}
