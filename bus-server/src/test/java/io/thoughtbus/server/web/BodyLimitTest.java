package io.thoughtbus.server.web;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class BodyLimitTest {
    private static final int MEGABYTE = 1024 * 1024;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/facts", "/facts:search", "/explain"})
    void refusesABodyThatSaysItIsTooLarge(String path) {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.send(post(bus, path, BodyPublishers.ofByteArray(spaces(17)))))
                .isProblem(413, "too-large");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/facts", "/facts:search", "/explain"})
    void refusesABodyThatTurnsOutToBeTooLarge(String path) {
        HttpProbe bus = HttpProbe.at(port);
        byte[] body = spaces(40);

        assertThat(bus.send(post(bus, path, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))))
                .isProblem(413, "too-large");
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/facts:search", "/explain"})
    void readsABodyUpToTheLimit(String path) {
        HttpProbe bus = HttpProbe.at(port);
        byte[] body = spaces(16);
        System.arraycopy("{\"text\":\"late\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, body, 0, 15);

        assertThat(bus.send(post(bus, path, BodyPublishers.ofByteArray(body)))).hasStatus(200);
    }

    private static HttpRequest.Builder post(HttpProbe bus, String path, BodyPublisher body) {
        return bus.request(path).header("Content-Type", "application/json").POST(body);
    }

    private static byte[] spaces(int megabytes) {
        byte[] body = new byte[megabytes * MEGABYTE];
        Arrays.fill(body, (byte) ' ');
        return body;
    }
}
