package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import io.thoughtbus.protocol.SubscriptionDraft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the sockets of the bus through {@code /proc}, from its first moment on. */
class NetworkIT {
    private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
    private static final Pattern PORT = Pattern.compile("(?m)^port (\\d+)$");
    private static final String LISTENING = "0A";

    @TempDir
    private Path directory;

    @Test
    void theBusSpeaksToItsRedisAndToThoseWhoCallItAndToNobodyElse() throws IOException {
        Set<Endpoint> seen = new TreeSet<>();
        try (BusProcess bus = BusProcess.launch(directory, BusProcess.freePort())) {
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> {
                        seen.addAll(endpoints(bus.process().pid()));
                        return bus.log().contains("Started BusServer");
                    });
            AtomicInteger woken = new AtomicInteger();
            try (ThoughtBus client = ThoughtBus.connect(bus.uri("shop"))) {
                client.subscribe("late", SubscriptionDraft.of("agent", "a parcel is late"), wake -> {
                    woken.incrementAndGet();
                    return Verdict.done();
                });
                client.publish("The parcel is three days late");
                client.memory().search("late parcels");
                await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
                    seen.addAll(endpoints(bus.process().pid()));
                    assertThat(woken).hasValue(1);
                });
            }
            seen.addAll(endpoints(bus.process().pid()));
            int redisPort = redisPort();

            assertThat(seen).allMatch(Endpoint::isLoopback);
            assertThat(seen.stream().filter(Endpoint::isListening).map(Endpoint::localPort))
                    .containsOnly(bus.port());
            assertThat(seen.stream().filter(endpoint -> !endpoint.isListening()))
                    .allMatch(endpoint -> endpoint.remotePort() == redisPort || endpoint.localPort() == bus.port());
            assertThat(seen).anyMatch(endpoint -> endpoint.remotePort() == redisPort);
        }
    }

    private int redisPort() throws IOException {
        Matcher port = PORT.matcher(Files.readString(directory.resolve("data/redis.conf")));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private static List<Endpoint> endpoints(long pid) {
        Set<String> own = new TreeSet<>();
        Path proc = Path.of("/proc", Long.toString(pid));
        try (Stream<Path> descriptors = Files.list(proc.resolve("fd"))) {
            descriptors.forEach(descriptor -> inode(descriptor, own));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            try (Stream<String> lines = Files.lines(proc.resolve("net/" + protocol))) {
                lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(columns -> own.contains(columns[9]))
                        .map(columns -> Endpoint.of(protocol, columns))
                        .forEach(endpoints::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return endpoints;
    }

    private static void inode(Path descriptor, Set<String> inodes) {
        try {
            Matcher socket = SOCKET.matcher(Files.readSymbolicLink(descriptor).toString());
            if (socket.matches()) {
                inodes.add(socket.group(1));
            }
        } catch (IOException e) {
            // It was closed meanwhile.
        }
    }

    /** One socket as the kernel lists it. */
    private record Endpoint(String protocol, String local, String remote, String state)
            implements Comparable<Endpoint> {

        static Endpoint of(String protocol, String[] columns) {
            return new Endpoint(protocol, columns[1], columns[2], columns[3]);
        }

        boolean isListening() {
            return state.equals(LISTENING);
        }

        boolean isLoopback() {
            return protocol.startsWith("tcp")
                    && address(local).isLoopbackAddress()
                    && (isListening() || address(remote).isLoopbackAddress());
        }

        int localPort() {
            return port(local);
        }

        int remotePort() {
            return port(remote);
        }

        @Override
        public int compareTo(Endpoint other) {
            return toString().compareTo(other.toString());
        }

        private static int port(String endpoint) {
            return Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1), 16);
        }

        /** The kernel writes addresses as words of four bytes, each in the order of the machine. */
        private static InetAddress address(String endpoint) {
            byte[] words = HexFormat.of().parseHex(endpoint.substring(0, endpoint.indexOf(':')));
            byte[] bytes = new byte[words.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = words[i / 4 * 4 + 3 - i % 4];
            }
            try {
                return InetAddress.getByAddress(bytes);
            } catch (UnknownHostException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
