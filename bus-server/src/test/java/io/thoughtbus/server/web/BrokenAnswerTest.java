package io.thoughtbus.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.server.BusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class BrokenAnswerTest {
    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"redis", "io"})
    void anAnswerThatCannotBeFinishedBreaksOff(String failure) {
        HttpRequest request = request("/broken/late/" + failure);

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anAnswerThatFailsBeforeItBeginsIsAProblem() throws Exception {
        assertThat(HttpClient.newHttpClient()
                        .send(request("/broken/early/redis"), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(503);
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
    }
}
