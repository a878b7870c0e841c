package io.thoughtbus.server.journal;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.Samples.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class DurabilityTest {
    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"fsynced", "replicated"})
    void refusesADurabilityThatThisRedisCannotGive(String durability) {
        HttpProbe bus = HttpProbe.at(port);

        Answer fact = bus.post("/facts?durability=" + durability, fact("a parcel is late"));
        Answer lines = bus.send(bus.request("/facts?durability=" + durability)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(fact("a parcel is late") + "\n")));

        assertThat(fact).isProblem(409, "durability-unavailable", "durability");
        assertThat(lines).isProblem(409, "durability-unavailable", "durability");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"forever", "ACCEPTED", "accepted%20", "1"})
    void refusesADurabilityThatThereIsNot(String durability) {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post("/facts?durability=" + durability, fact("a parcel is late")))
                .isProblem(400, "invalid-field", "durability");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void saysWhichDurabilityWasReached() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.post("/facts?durability=accepted", fact("a parcel is late"))
                        .json()
                        .get("durability")
                        .asString())
                .isEqualTo("accepted");
    }
}
