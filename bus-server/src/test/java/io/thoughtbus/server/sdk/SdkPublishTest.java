package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.protocol.Durability;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.FactPage;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.Vector;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkPublishTest {
    private static final Pattern PUBLISH_REQUESTS = Pattern.compile(
            "(?m)^http_server_requests_seconds_count\\{.*method=\"POST\".*uri=\"/v1/\\{namespace}/facts\".*} (\\S+)$");

    @LocalServerPort
    private int port;

    private HttpProbe probe;

    @BeforeEach
    void probe() {
        probe = HttpProbe.at(port);
    }

    @Test
    void publishesTogetherWhatComesTogetherAndKeepsTheOrderOfASubject() {
        double before = requests();
        List<CompletableFuture<Published>> answers;
        try (ThoughtBus bus = ThoughtBus.connect(probe.uri())) {
            answers = IntStream.range(0, 3000)
                    .mapToObj(i -> bus.publishAsync(FactDraft.of("parcel " + i).about("parcel-" + i % 10)))
                    .toList();
        }

        assertThat(answers).allMatch(answer -> answer.isDone() && !answer.isCompletedExceptionally());
        try (ThoughtBus bus = ThoughtBus.connect(probe.uri())) {
            for (int subject = 0; subject < 10; subject++) {
                int first = subject;
                assertThat(about(bus, "parcel-" + subject))
                        .extracting(Fact::text)
                        .containsExactlyElementsOf(IntStream.iterate(first, i -> i < 3000, i -> i + 10)
                                .mapToObj(i -> "parcel " + i)
                                .toList());
            }
        }
        assertThat(requests() - before).isLessThan(3000.0 / 4);
    }

    @Test
    void aRefusedFactFailsAlone() {
        FactDraft foreign = FactDraft.of("parcel").withVector(Vector.of(1, 2, 3), "another model");
        try (ThoughtBus bus = ThoughtBus.connect(probe.uri())) {
            CompletableFuture<Published> good = bus.publishAsync(FactDraft.of("parcel 1"));
            CompletableFuture<Published> bad = bus.publishAsync(foreign);

            assertThat(good.join().duplicate()).isFalse();
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(bad::join)
                    .withCauseInstanceOf(RequestRefusedException.class);
            List<Object> answers = bus.publishAll(List.of(FactDraft.of("parcel 2"), foreign, FactDraft.of("parcel 3")));
            assertThat(answers)
                    .hasExactlyElementsOfTypes(Published.class, RequestRefusedException.class, Published.class);
            assertThat(bus.publishAll(List.of(foreign, foreign)))
                    .hasOnlyElementsOfType(RequestRefusedException.class)
                    .hasSize(2);
        }
    }

    @Test
    void closingPublishesWhatIsQueued() {
        ThoughtBus bus = ThoughtBus.connect(probe.uri());
        List<CompletableFuture<Published>> answers = IntStream.range(0, 500)
                .mapToObj(i -> bus.publishAsync(FactDraft.of("parcel " + i)))
                .toList();

        bus.close();

        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(probe.get("/facts?limit=1000").json().get("facts")).hasSize(500);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> bus.publishAsync(FactDraft.of("parcel 501")));
    }

    @Test
    void signsTheFactsThatNobodyHasSigned() {
        try (ThoughtBus bus =
                ThoughtBus.builder(URI.create(probe.uri())).publisher("depot").connect()) {
            FactId depot = bus.publish("a parcel is late").id();
            FactId shop =
                    bus.publish(FactDraft.of("a parcel is late").by("shop")).id();

            assertThat(bus.memory().find(depot))
                    .get()
                    .extracting(Fact::publisher)
                    .isEqualTo("depot");
            assertThat(bus.memory().find(shop))
                    .get()
                    .extracting(Fact::publisher)
                    .isEqualTo("shop");
        }
    }

    @Test
    void tellsWhatIsRefusedFromWhatMayBeTriedAgain() {
        try (ThoughtBus bus = ThoughtBus.builder(URI.create(probe.uri()))
                .durability(Durability.REPLICATED)
                .connect()) {
            assertThatExceptionOfType(RequestRefusedException.class)
                    .isThrownBy(() -> bus.publish("a parcel is late"))
                    .matches(refusal -> refusal.is("durability-unavailable"))
                    .matches(refusal -> "durability".equals(refusal.problem().field()));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> FactDraft.of(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> FactDraft.of("a").withTtl(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> ThoughtBus.connect("localhost:8080/shop"));
        assertThatIllegalArgumentException().isThrownBy(() -> ThoughtBus.connect("http://localhost:8080/"));
        assertThatIllegalArgumentException().isThrownBy(() -> ThoughtBus.connect("http://localhost:8080/a/b"));
    }

    private static List<Fact> about(ThoughtBus bus, String subject) {
        List<Fact> facts = new ArrayList<>();
        @Nullable FactId after = null;
        do {
            FactPage page = bus.memory().about(subject, after);
            facts.addAll(page.facts());
            after = page.next();
        } while (after != null);
        return facts;
    }

    private double requests() {
        Matcher count = PUBLISH_REQUESTS.matcher(
                probe.send(probe.requestTo("/actuator/prometheus")).body());
        double requests = 0;
        while (count.find()) {
            requests += Double.parseDouble(count.group(1));
        }
        return requests;
    }
}
