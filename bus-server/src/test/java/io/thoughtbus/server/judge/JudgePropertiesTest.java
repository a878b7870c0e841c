package io.thoughtbus.server.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.thoughtbus.embeddings.PairModels;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

class JudgePropertiesTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void thereIsNoSecondStageUnlessOneIsGiven() {
        JudgeProperties properties = bind(Map.of());

        assertThat(JudgeConfiguration.judge(properties, JSON, Ticker.systemTicker()))
                .isNull();
        assertThat(properties.aDay()).isEqualTo(10_000);
        assertThat(properties.accept()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, PT0.009S",
        "timeout, PT61S",
        "batch, 0",
        "batch, 257",
        "a-day, 0",
        "accept, 0",
        "accept, 1.1",
        "accept, NaN",
        "entailment, 1",
        "model-name, llama",
        "key, abc"
    })
    void refusesABadValueByItsName(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of(name, value)))
                .rootCause()
                .hasMessageContaining("thoughtbus.second-stage." + name + " ");
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://localhost/v1",
        "localhost",
        "http:///v1",
        "http://localhost/v1?a=b",
        "http://me:s3cret@localhost/v1"
    })
    void refusesAnEndpointThatIsNoWebAddress(String endpoint) {
        assertThatThrownBy(() -> bind(Map.of("endpoint", endpoint, "model-name", "llama")))
                .rootCause()
                .hasMessageContaining("thoughtbus.second-stage.endpoint must be an http or https address");
    }

    @Test
    void refusesAnEndpointWithoutAModelsNameAndOneBesideAModel() {
        assertThatThrownBy(() -> bind(Map.of("endpoint", "http://localhost/v1")))
                .rootCause()
                .hasMessageContaining("thoughtbus.second-stage.model-name is required");
        assertThatThrownBy(() -> bind(Map.of("endpoint", "http://localhost/v1", "model-name", "a", "model", "/m")))
                .rootCause()
                .hasMessageContaining("thoughtbus.second-stage.model must not be given with an endpoint");
    }

    @Test
    void neverTellsTheKey() {
        Map<String, String> given = Map.of("endpoint", "http://localhost/v1", "model-name", "a", "key", "s3cret");

        assertThat(bind(given).toString()).doesNotContain("s3cret");
        assertThatThrownBy(() -> bind(Map.of("endpoint", "http://localhost/v1", "model-name", "a", "key", "s3cret\n")))
                .rootCause()
                .hasMessageContaining("thoughtbus.second-stage.key must be")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void refusesAModelThatIsNotThereOrLacksItsColumn() {
        assertThatThrownBy(() -> judge(Map.of("model", "/nowhere")))
                .hasMessageContaining("thoughtbus.second-stage.model: ");
        assertThatThrownBy(() -> judge(Map.of("model", PairModels.threeLabels().toString())))
                .hasMessageContaining("thoughtbus.second-stage.entailment must be within [0, 2]");
    }

    private static void judge(Map<String, String> settings) {
        JudgeConfiguration.judge(bind(settings), JSON, Ticker.systemTicker());
    }

    private static JudgeProperties bind(Map<String, String> settings) {
        Map<String, String> full = new HashMap<>();
        settings.forEach((name, value) -> full.put("thoughtbus.second-stage." + name, value));
        return new Binder(new MapConfigurationPropertySource(full))
                .bindOrCreate("thoughtbus.second-stage", JudgeProperties.class);
    }
}
