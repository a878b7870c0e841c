package io.thoughtbus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/configuration.md");

    @Test
    void everySettingStandsInTheDocumentWithItsDefault() throws IOException {
        List<String> rows = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();

        for (JsonNode setting : settings()) {
            String name = setting.get("name").asString();
            assertThat(rows)
                    .filteredOn(row -> row.startsWith("| `" + name + "` |"))
                    .as(name)
                    .singleElement()
                    .satisfies(row -> {
                        if (setting.has("defaultValue")) {
                            assertThat(row)
                                    .contains("`" + setting.get("defaultValue").asString() + "`");
                        }
                    });
        }
    }

    private static JsonNode settings() throws IOException {
        try (InputStream stream = BusServer.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            return new JsonMapper().readTree(stream).get("properties");
        }
    }
}
