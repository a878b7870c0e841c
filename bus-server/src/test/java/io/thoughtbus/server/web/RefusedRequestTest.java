package io.thoughtbus.server.web;

import static io.thoughtbus.server.AnswerAssert.assertThat;
import static io.thoughtbus.server.HttpProbe.encoded;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.Answer;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import io.thoughtbus.server.Stored;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class RefusedRequestTest {
    private static final String FACT = "{\"text\":\"a parcel is late\"}";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1",
                "/v2/shop/facts",
                "/v1/shop/nothing",
                "/v1/shop/facts/0-1-1/text",
                "/error",
                "/index.html",
                "/favicon.ico",
                "/actuator/env",
                "/actuator/heapdump",
                "/actuator/shutdown"
            })
    void tellsThatThereIsNothingAtAnUnknownPath(String path) {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.send(bus.requestTo(path).GET())).isProblem(404, "no-such-resource");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "PUT", "PATCH", "BREW"})
    void tellsWhichMethodsAnAddressTakes(String method) {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.send(bus.request("/facts").method(method, BodyPublishers.noBody()));

        assertThat(answer).isProblem(405, "method-not-allowed");
        assertThat(Set.of(answer.header("Allow").split(",\\s*"))).contains("GET", "POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/xml",
                "application/x-www-form-urlencoded",
                "application/octet-stream",
                "multipart/form-data; boundary=x",
                "application/jsonp",
                "nonsense"
            })
    void refusesABodyOfAFormItDoesNotRead(String type) {
        HttpProbe bus = HttpProbe.at(port);

        for (String path : new String[] {"/facts", "/facts:search", "/explain"}) {
            Answer answer =
                    bus.send(bus.request(path).header("Content-Type", type).POST(BodyPublishers.ofString(FACT)));

            assertThat(answer).isProblem(415, "unsupported-media-type");
        }
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @Test
    void refusesABodyThatSaysNothingOfItsForm() {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.send(bus.request("/facts").POST(BodyPublishers.ofString(FACT)));

        assertThat(answer).isProblem(415, "unsupported-media-type");
    }

    @Test
    void refusesToAnswerInAFormThatItDoesNotSpeak() {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.send(bus.request("/facts").header("Accept", "image/png")))
                .isProblem(406, "not-acceptable");
    }

    @Test
    void readsJsonInWhateverCharactersItIsMarkedWith() {
        HttpProbe bus = HttpProbe.at(port);

        Answer answer = bus.send(bus.request("/facts")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString("{\"text\":\"Größe\"}")));

        assertThat(answer).hasStatus(201);
        assertThat(bus.get(answer.header("Location").substring(("/v1/" + bus.namespace()).length()))
                        .json()
                        .get("text")
                        .asString())
                .isEqualTo("Größe");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        HttpProbe bus = HttpProbe.at(port);

        for (String path : new String[] {"/facts", "/facts:search", "/explain"}) {
            Answer answer = bus.send(bus.request(path)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', 't', (byte) 0xff, '"', ':', '1', '}'})));

            assertThat(answer).isProblem(400, "malformed-json");
        }
        assertThat(Stored.of(bus.namespace())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("io.thoughtbus.server.Samples#HOSTILE_IDS")
    void refusesAPathWithAnIdThatWouldBreakAKeyOrAQuery(String id) {
        HttpProbe bus = HttpProbe.at(port);
        String bad = id.startsWith(".") ? id.replace(".", "%2e") : encoded(id);
        Set<String> before = Stored.keys("tb:*");

        for (String path : new String[] {
            "/subscriptions/" + bad,
            "/subscriptions/" + bad + "/wakes",
            "/subscriptions/" + bad + "/dead-letters",
            "/subscriptions/" + bad + "/replays",
            "/subscriptions/late/replays/" + bad,
            "/facts/" + bad
        }) {
            Answer answer = bus.get(path);
            assertThat(answer.status()).as(path + " " + answer).isBetween(400, 404);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        }
        Answer inNamespace = bus.send(bus.requestTo("/v1/" + bad + "/facts")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(FACT)));
        assertThat(inNamespace.status()).as(inNamespace.toString()).isBetween(400, 405);
        Answer declared = bus.put(
                "/subscriptions/" + bad, "{\"subscriber\":\"agent\",\"interest\":{\"text\":\"a parcel is late\"}}");
        assertThat(declared.status()).as(declared.toString()).isBetween(400, 405);

        assertThat(Stored.keys("tb:*")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shop", "shop_1", "-shop", "shop.eu", "sh%C3%B6p"})
    void refusesANamespaceOutsideOfItsAlphabet(String namespace) {
        HttpProbe bus = HttpProbe.at(port);

        assertThat(bus.send(bus.requestTo("/v1/" + namespace).GET())).isProblem(400, "invalid-field", "namespace");
        assertThat(bus.send(bus.requestTo("/v1/" + "n".repeat(64)).GET())).isProblem(400, "invalid-field", "namespace");
    }
}
