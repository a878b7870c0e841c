package io.thoughtbus.server.campaign;

import io.thoughtbus.client.ThoughtBus;
import io.thoughtbus.client.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program that subscribes by the client and writes down what it handles, until it is killed. */
final class SubscriberProcess {
    private SubscriberProcess() {}

    /** Starts it, with the interests that topics of this seed begin with. */
    static Process start(String bus, Path handled, Scale scale, int subscriptions) {
        try {
            return new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            SubscriberProcess.class.getName(),
                            bus,
                            handled.toString(),
                            Integer.toString(scale.subscriptions()),
                            Long.toString(scale.seed()),
                            Integer.toString(subscriptions))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            handled.resolveSibling("subscriber.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String subscription(int number) {
        return "process-" + number;
    }

    /** Runs until it is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        Path handled = Path.of(arguments[1]);
        List<Interesting> interests = Topics.of(Integer.parseInt(arguments[2]), Long.parseLong(arguments[3]))
                .interests();
        try (ThoughtBus bus = ThoughtBus.connect(URI.create(arguments[0]))) {
            for (int i = 0; i < Integer.parseInt(arguments[4]); i++) {
                String id = subscription(i);
                bus.subscribe(id, interests.get(i).draft(), 4, wake -> {
                    Files.writeString(
                            handled,
                            id + " " + wake.fact().id() + " " + wake.attempt() + "\n",
                            StandardOpenOption.CREATE,
                            StandardOpenOption.APPEND);
                    return Verdict.done();
                });
            }
            new CountDownLatch(1).await();
        }
    }
}
