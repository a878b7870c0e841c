package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.server.BusProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first code that a reader sees, in the README and in the documentation of the client. */
class FirstExampleIT {
    private static final Path CLIENT = Path.of("../bus-client/sdk/src/main/java/io/thoughtbus/client/ThoughtBus.java");
    private static final Path README = Path.of("../README.md");

    @TempDir
    private Path directory;

    @Test
    void doesInFrontOfTheReaderWhatItSays() throws Exception {
        String code = first("(?s)```java\\n(.*?)```", Files.readString(README));
        assertThat(first("(?s)<pre>\\{@code\\n(.*?) \\* }</pre>", Files.readString(CLIENT))
                        .replaceAll("(?m)^ \\* ?", ""))
                .isEqualTo(code);

        try (BusProcess bus = BusProcess.start(directory)) {
            compile(code.replace("http://localhost:8080/shop", bus.uri("shop")));
            assertThat(outputUntil("gets 10 % off"))
                    .isEqualToIgnoringNewLines("user-123 gets 10 % off: User 123 serves in the Military");
        }
    }

    /** What the example prints, for which Enter is pressed once it has printed something. */
    private String outputUntil(String expected) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        InputStream in = System.in;
        try (URLClassLoader loader = new URLClassLoader(
                        new URL[] {directory.toUri().toURL()}, getClass().getClassLoader());
                PipedOutputStream keyboard = new PipedOutputStream();
                InputStream typed = new PipedInputStream(keyboard)) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setIn(typed);
            Method run = loader.loadClass("Example").getMethod("run");
            CompletableFuture<Object> example = CompletableFuture.supplyAsync(() -> {
                try {
                    return String.valueOf(run.invoke(null));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> printed.toString(StandardCharsets.UTF_8).contains(expected));
            keyboard.write('\n');
            keyboard.flush();
            example.join();
        } finally {
            System.setOut(out);
            System.setIn(in);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void compile(String code) throws IOException {
        String source = """
                import io.thoughtbus.client.ThoughtBus;
                import io.thoughtbus.client.Verdict;
                import io.thoughtbus.protocol.FactDraft;
                import io.thoughtbus.protocol.SubscriptionDraft;

                public class Example {
                    public static void run() throws Exception {
                        %s
                    }
                }
                """.formatted(code);
        DiagnosticCollector<JavaFileObject> findings = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        ToolProvider.getSystemJavaCompiler()
                .getTask(
                        null,
                        null,
                        findings,
                        List.of(
                                "-proc:none",
                                "-d",
                                directory.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();
        assertThat(findings.getDiagnostics()).isEmpty();
    }

    private static String first(String pattern, String text) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
