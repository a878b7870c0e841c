package io.thoughtbus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DemoIT {
    private static final Path SCRIPT =
            Path.of("../../deploy/demo").toAbsolutePath().normalize();

    @Test
    void playsTheSceneAndLeavesNothingRunning() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(SCRIPT.toString()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");

        Process demo = builder.start();
        String text = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).as(text).isZero();
        List<String> lines = text.lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.contains("to pay"))
                .containsExactly(
                        "  to pay                               314.00",
                        "  to pay                               282.60");
        assertThat(lines)
                .filteredOn(line -> line.contains("the same, in the same order"))
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(text).doesNotContain("\u001b[").doesNotContain("DIFFERENT");
        assertThat(demo.descendants()).isEmpty();
        assertThat(ProcessHandle.allProcesses().filter(DemoIT::isOfTheDemo)).isEmpty();
    }

    private static boolean isOfTheDemo(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(SCRIPT.resolveSibling("target").toString()))
                .isPresent();
    }
}
