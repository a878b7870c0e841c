package io.thoughtbus.server.web;

import static io.thoughtbus.server.Samples.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class WholeJsonTest {
    @LocalServerPort
    private int port;

    @Test
    void answersInOnePieceOfAKnownLength() {
        HttpProbe bus = HttpProbe.at(port);

        List<Answer> answers = List.of(
                bus.post("/facts", fact("Ein Paket ist verspätet")),
                bus.get("/facts"),
                bus.get("/facts/0-1-1"),
                bus.post("/facts", "{}"));

        assertThat(answers).extracting(Answer::status).containsExactly(201, 200, 404, 400);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.header("Transfer-Encoding")).isEmpty();
            assertThat(answer.header("Content-Length"))
                    .isEqualTo(Integer.toString(answer.body().getBytes(StandardCharsets.UTF_8).length));
        });
    }
}
