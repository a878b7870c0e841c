package io.thoughtbus.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.RawSocket;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BusTest
class MalformedRequestTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @LocalServerPort
    private int port;

    static Stream<Arguments> malformedRequests() {
        return Stream.of(
                arguments("no path", "GET\r\n\r\n"),
                arguments("no HTTP", "hello\r\n\r\n"),
                arguments("a method in brackets", "G(E)T /v1/shop" + REST),
                arguments("a future version", "GET /v1/shop HTTP/9.9\r\nHost: localhost\r\n\r\n"),
                arguments("a null byte in the path", "GET /v1/sh\u0000op" + REST),
                arguments("a control character in the path", "GET /v1/sh\u0007op" + REST),
                arguments("an encoded null byte", "GET /v1/sh%00op" + REST),
                arguments("a broken percent sign", "GET /v1/sh%zzop" + REST),
                arguments("a cut percent sign", "GET /v1/shop%2" + REST),
                arguments("a way out of the root", "GET /../../etc/passwd" + REST),
                arguments("no host", "GET /v1/shop HTTP/1.1\r\n\r\n"),
                arguments("two hosts", "GET /v1/shop HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                arguments("a bad host", "GET /v1/shop HTTP/1.1\r\nHost: a b\r\n\r\n"),
                arguments(
                        "headers of 20 kB",
                        "GET /v1/shop HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"),
                arguments("a path of 20 kB", "GET /v1/" + "x".repeat(20_000) + REST),
                arguments("a negative length", post("Content-Length: -1")),
                arguments("a length in words", post("Content-Length: many")),
                arguments("two lengths", post("Content-Length: 1\r\nContent-Length: 2")),
                arguments("an unknown framing", post("Transfer-Encoding: spirals")),
                arguments("a broken chunk", post("Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedRequests")
    void answersAMalformedRequestWithAProblem(String name, String request) {
        try (RawSocket socket = new RawSocket(port)) {
            String answer = socket.say(request).hear();

            assertThat(answer).matches("(?s)HTTP/1\\.1 [45]\\d\\d .*");
            assertThat(answer).containsIgnoringCase("content-type: application/problem+json");
            assertThat(answer).doesNotContain("<html", "<!doctype", "Exception", "tomcat", "Tomcat");
            JsonNode problem = JSON.readTree(body(answer));
            assertThat(problem.get("type").asString()).startsWith("urn:thought-bus:problem:");
            assertThat(answer).startsWith("HTTP/1.1 " + problem.get("status").asInt());
            assertThat(problem.get("title").asString()).isNotBlank();
            assertThat(problem.get("detail").asString()).isNotBlank();
        }
    }

    @Test
    void refusesToEchoARequest() {
        try (RawSocket socket = new RawSocket(port)) {
            String answer = socket.say("TRACE /v1/shop" + REST).hear();

            assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("application/problem+json");
        }
    }

    private static String post(String header) {
        return "POST /v1/shop/explain HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + header + "\r\n\r\n";
    }

    private static String body(String answer) {
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        return body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
    }
}
