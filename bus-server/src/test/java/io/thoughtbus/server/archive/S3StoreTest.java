package io.thoughtbus.server.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusProcess;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.audit.LedgerInHand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** An archive in the bucket of an S3-compatible store that runs in a process of its own. */
class S3StoreTest {
    private static final String BUCKET = "audits";
    private static final SegmentName NAME = new SegmentName(0, 0);

    @TempDir
    private static Path objects;

    private static int port;
    private static Process process;
    private static S3Client client;

    @TempDir
    private Path keys;

    private SegmentStore store;
    private String namespace;

    @BeforeAll
    static void start() throws IOException {
        port = BusProcess.freePort();
        Path settings = objects.resolve("s3proxy.conf");
        Files.createDirectories(objects.resolve("data"));
        Files.writeString(settings, """
                s3proxy.authorization=aws-v2-or-v4
                s3proxy.identity=bus
                s3proxy.credential=secret
                s3proxy.endpoint=http://127.0.0.1:%d
                jclouds.provider=filesystem-nio2
                jclouds.filesystem.basedir=%s
                """.formatted(port, objects.resolve("data")));
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx256m",
                        "-jar",
                        Path.of("target", "s3", "s3proxy.jar").toString(),
                        "--properties",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(objects.resolve("s3proxy.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(S3StoreTest::isListening);
        client = client("secret", BUCKET);
        client.createBucket(bucket -> bucket.bucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        client.close();
        process.destroy();
    }

    @BeforeEach
    void choose() {
        store = new S3Store(client, BUCKET, "bus");
        namespace = BusTest.Fresh.namespace();
    }

    @Test
    void aFileIsWrittenOnceReadInPartAndRemoved() {
        assertThat(store.create(namespace, NAME, bytes("one two three"))).isTrue();
        assertThat(store.create(namespace, NAME, bytes("four"))).isFalse();

        assertThat(store.list(namespace)).containsExactly(NAME);
        assertThat(store.size(namespace, NAME)).isEqualTo(13);
        assertThat(store.read(namespace, NAME, 4, 3)).isEqualTo(bytes("two"));
        assertThat(store.read(namespace, NAME, 8, 100)).isEqualTo(bytes("three"));
        store.delete(namespace, NAME);
        store.delete(namespace, NAME);
        assertThat(store.list(namespace)).isEmpty();
        assertThatThrownBy(() -> store.size(namespace, NAME)).isInstanceOf(NoSuchSegmentException.class);
        assertThatThrownBy(() -> store.read(namespace, NAME, 0, 1)).isInstanceOf(NoSuchSegmentException.class);
    }

    @Test
    void anArchiveThereIsReadVerifiedAndErasedFrom() {
        ArchiveInHand hand = new ArchiveInHand(new LedgerInHand(keys), store);
        hand.publish(300);
        hand.sealAll();
        hand.publish(100);
        hand.sealAll();

        assertThat(hand.archived()).isEqualTo(hand.held());
        List<FactId> gone = List.of(ArchiveInHand.fact(3));
        hand.erasure.erase(hand.namespace, gone);
        assertThat(hand.reader.facts(hand.namespace, 3, ArchiveInHand.FIRST, ArchiveInHand.LAST, 1_000))
                .hasSize(99);
        assertThat(hand.segments.names(hand.namespace).keySet())
                .hasSize(2)
                .allMatch(from -> hand.check.verify(hand.namespace, from).intact());
        assertThat(store.list(hand.namespace)).hasSize(2);
    }

    @Test
    void aStoreThatRefusesOrIsNotThereIsUnavailable() {
        try (S3Client wrong = client("guessed", BUCKET)) {
            assertThatThrownBy(() -> new S3Store(wrong, BUCKET, "").create(namespace, NAME, bytes("one")))
                    .isInstanceOf(ArchiveUnavailableException.class)
                    .hasMessageContaining("cannot be written in the bucket audits");
        }
        assertThatThrownBy(() -> new S3Store(client, "no-such-bucket", "").list(namespace))
                .isInstanceOf(ArchiveUnavailableException.class)
                .hasMessageContaining("cannot be listed in the bucket no-such-bucket");
    }

    private static S3Client client(@Nullable String secret, String bucket) {
        return ArchiveConfiguration.client(new ArchiveProperties.S3(
                bucket, "", URI.create("http://127.0.0.1:" + port), "us-east-1", "bus", secret));
    }

    private static boolean isListening() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
