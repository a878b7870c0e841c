package io.thoughtbus.server.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
    private static final Path SOURCE = Path.of("../bus-client/sdk/src/main/java/io/thoughtbus/client/ThoughtBus.java");
    private static final Pattern EXAMPLE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n \\* }</pre>");

    @TempDir
    private Path output;

    @Test
    void theExampleInTheDocumentationOfTheClientCompiles() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(SOURCE));
        assertThat(example.find()).isTrue();
        String code = example.group(1).replaceAll("(?m)^ \\* ?", "");
        assertThat(code).contains("subscribe", "publish");

        DiagnosticCollector<JavaFileObject> findings = compile("""
                import io.thoughtbus.client.ThoughtBus;
                import io.thoughtbus.client.Verdict;
                import io.thoughtbus.protocol.FactDraft;
                import io.thoughtbus.protocol.SubscriptionDraft;

                class Example {
                    static void run() {
                        %s
                    }
                }
                """.formatted(code));

        assertThat(findings.getDiagnostics()).isEmpty();
    }

    private DiagnosticCollector<JavaFileObject> compile(String source) {
        DiagnosticCollector<JavaFileObject> findings = new DiagnosticCollector<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Example.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        compiler.getTask(
                        null,
                        null,
                        findings,
                        List.of(
                                "-proc:none",
                                "-d",
                                output.toString(),
                                "-classpath",
                                System.getProperty("java.class.path")),
                        null,
                        List.of(file))
                .call();
        return findings;
    }
}
