package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.Erasure;
import io.thoughtbus.protocol.ErasureDraft;
import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactDraft;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.protocol.Published;
import io.thoughtbus.protocol.RetractionDraft;
import io.thoughtbus.protocol.SubscriptionDraft;
import io.thoughtbus.protocol.Wake;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkWithdrawalTest {
    private final List<Wake> wakes = new CopyOnWriteArrayList<>();

    @LocalServerPort
    private int port;

    private ThoughtBus bus;

    @BeforeEach
    void subscribe() {
        bus = ThoughtBus.connect(HttpProbe.at(port).uri());
        bus.subscribe("late", SubscriptionDraft.of("agent", "a parcel is late"), wake -> {
            wakes.add(wake);
            return Verdict.done();
        });
    }

    @AfterEach
    void close() {
        bus.close();
    }

    @Test
    void aHandlerIsToldOfARetractionAndOfWhatStandsInThePlaceOfAFact() {
        FactId first = publish(FactDraft.of("a parcel is late").about("parcel-7"));
        Published retraction = bus.retract(first, RetractionDraft.because("it was scanned"));
        FactId second = publish(FactDraft.of("a parcel is late").about("parcel-8"));
        FactId third =
                publish(FactDraft.of("the parcel arrived").about("parcel-8").superseding(second));

        await().until(() -> wakes.size() == 4);

        assertThat(wakes).extracting(Wake::isRetraction).containsExactlyInAnyOrder(false, true, false, true);
        assertThat(wakes.stream().filter(Wake::isRetraction))
                .extracting(Wake::retracts, wake -> wake.fact().id())
                .containsExactlyInAnyOrder(tuple(first, retraction.id()), tuple(second, third));
        assertThat(bus.retract(first, RetractionDraft.because("again")).id()).isEqualTo(retraction.id());
        assertThatExceptionOfType(RequestRefusedException.class)
                .isThrownBy(() -> publish(FactDraft.of("lost").about("parcel-7").superseding(first)))
                .matches(refusal -> refusal.is("cannot-withdraw"));
    }

    @Test
    void erasesAndTellsOfIt() {
        FactId first = publish(FactDraft.of("a parcel is late").about("user-1"));
        await().until(() -> wakes.size() == 1);

        Erasure erasure = bus.erase(ErasureDraft.of("user-1", "asked for"));

        await().until(() -> bus.erasure(erasure.id(), null).orElseThrow().state() == Erasure.State.DONE);
        assertThat(bus.erasure(erasure.id(), null).orElseThrow().erased()).containsExactly(first);
        assertThat(bus.memory().find(first)).isEmpty();
        assertThat(bus.erasure("none", null)).isEmpty();
    }

    @Test
    void readsWhatMemoryHeldAtATime() {
        FactId first = publish(FactDraft.of("a parcel is late").about("user-1"));
        Fact fact = bus.memory().find(first).orElseThrow();

        assertThat(bus.memory().asOf("user-1", fact.acceptedAt(), null).facts()).containsExactly(fact);
        assertThat(bus.memory()
                        .asOf("user-1", fact.acceptedAt().minusMillis(1), null)
                        .facts())
                .isEmpty();
    }

    private FactId publish(FactDraft fact) {
        return bus.publish(fact).id();
    }
}
