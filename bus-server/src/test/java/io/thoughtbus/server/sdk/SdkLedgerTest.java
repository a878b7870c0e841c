package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.Ledger;
import io.thoughtbus.client.RequestRefusedException;
import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.ledger.Checkpoint;
import io.thoughtbus.ledger.ExportVerifier;
import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@BusTest
class SdkLedgerTest {
    @LocalServerPort
    private int port;

    @Test
    void aClientVerifiesWhatTheBusDid() throws IOException {
        try (ThoughtBus bus = ThoughtBus.connect(HttpProbe.at(port).uri())) {
            Ledger ledger = bus.ledger();
            FactId fact = bus.publish("a fact to be proven").id();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(RequestRefusedException.class)
                    .until(() -> ledger.inclusion(fact).leaf() == 0);

            Checkpoint checkpoint = Checkpoint.open(ledger.sign(), ledger.keys());
            ByteArrayOutputStream export = new ByteArrayOutputStream();
            ledger.export(0, checkpoint.size(), checkpoint.size(), export);

            assertThat(ledger.inclusion(fact).holds(checkpoint)).isTrue();
            assertThat(ExportVerifier.verify(new ByteArrayInputStream(export.toByteArray()), checkpoint, verified -> {})
                            .records())
                    .isEqualTo(1);
            assertThatThrownBy(() -> ledger.export(0, 9, 9, export)).isInstanceOf(RequestRefusedException.class);
        }
    }
}
