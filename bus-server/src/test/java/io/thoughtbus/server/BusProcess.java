package io.thoughtbus.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bus as its users run it: {@code java -jar bus-server.jar} in a process of its own, that can be killed. */
public final class BusProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    private static final String QUICK_TO_START = "-XX:TieredStopAtLevel=1";

    private final Process process;
    private final int port;
    private final Path log;

    private BusProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts a bus with its own Redis in a directory, and waits until it is healthy. */
    public static BusProcess start(Path directory, String... arguments) {
        return start(directory, freePort(), arguments);
    }

    /** As {@link #start(Path, String...)}, on a given port. */
    public static BusProcess start(Path directory, int port, String... arguments) {
        BusProcess bus = launch(directory, port, arguments);
        bus.awaitHealthy();
        return bus;
    }

    /** Starts a bus and does not wait; what begins with {@code -D} or {@code -X} is told to its JVM. */
    public static BusProcess launch(Path directory, int port, String... arguments) {
        try {
            Files.createDirectories(directory);
            Path log = directory.resolve("bus.log");
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-Xmx512m",
                    QUICK_TO_START,
                    "-XX:+ExitOnOutOfMemoryError"));
            Map<Boolean, List<String>> toTheJvm =
                    Stream.of(arguments).collect(Collectors.partitioningBy(argument -> argument.matches("-[DX].*")));
            command.addAll(toTheJvm.get(true));
            command.addAll(List.of(
                    "-jar",
                    jar().toString(),
                    "--server.port=" + port,
                    "--thoughtbus.data-dir=" + directory.resolve("data")));
            command.addAll(toTheJvm.get(false));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return new BusProcess(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of one of its namespaces, for {@code ThoughtBus.connect}. */
    public String uri(String namespace) {
        return "http://localhost:" + port + "/" + namespace;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The process itself. */
    public Process process() {
        return process;
    }

    /** What it has written. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as by {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Stops it in good order. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    /** Waits until it says that it is healthy. */
    public void awaitHealthy() {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!isHealthy()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException("the bus did not become healthy:\n" + log());
            }
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** A port that nobody listens at. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() {
        Path jar = Path.of(System.getProperty("thoughtbus.jar", "target/bus-server.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing: run 'mvn package' first");
        }
        return jar;
    }

    private boolean isHealthy() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
