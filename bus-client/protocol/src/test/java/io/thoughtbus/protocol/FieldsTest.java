package io.thoughtbus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "user-123", "A.b_c-9", "9"})
    void acceptsIdsOfTheAlphabet(String id) {
        assertThat(Fields.id("subject", id)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "a b", "{a}", "a*", "a:b", "a/b", "\"a\"", "'a'", "-a", ".a", "a\n", "ä", "a|b", "@a"})
    void refusesOtherIdsAndSaysWhatWasExpected(String id) {
        assertThatThrownBy(() -> Fields.id("subject", id))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("subject must be 1 to 128 of A-Z, a-z, 0-9, dot, underscore and hyphen");
    }

    @Test
    void showsOnlyTheBeginningOfALongId() {
        assertThatThrownBy(() -> Fields.id("key", "x".repeat(10_000)))
                .hasMessageContaining("(10000 characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void countsCharactersAndNotTheirHalves() {
        assertThat(Fields.text("text", "🙂".repeat(Limits.TEXT))).isNotEmpty();
        assertThatThrownBy(() -> Fields.text("text", "🙂".repeat(Limits.TEXT + 1)))
                .hasMessage("text must hold 1 to 8192 characters but held 8193");
    }

    @Test
    void acceptsTabsAndLineEndsInTexts() {
        assertThat(Fields.text("text", "a\tb\r\nc")).isEqualTo("a\tb\r\nc");
    }

    @Test
    void refusesControlCharactersAndLoneSurrogatesAndSaysWhere() {
        assertThatThrownBy(() -> Fields.text("text", "ab\u0007")).hasMessageContaining("U+0007 at 2");
        assertThatThrownBy(() -> Fields.text("text", "a\u0085")).hasMessageContaining("U+0085 at 1");
        assertThatThrownBy(() -> Fields.text("text", "a\ud83d")).hasMessageContaining("lone U+D83D at 1");
        assertThatThrownBy(() -> Fields.text("text", "\ude42a")).hasMessageContaining("lone U+DE42 at 0");
    }

    @Test
    void refusesWhatIsNoNumberToo() {
        assertThatThrownBy(() -> Fields.within("threshold", Double.NaN, -1, 1))
                .hasMessage("threshold must be within [-1, 1] but was NaN");
    }

    @Test
    void includesBothBoundsOfADuration() {
        assertThat(Fields.within("ttl", Duration.ofSeconds(1), Duration.ofSeconds(1), Limits.LIFETIME))
                .isEqualTo(Duration.ofSeconds(1));
        assertThatThrownBy(() -> Fields.within("ttl", Duration.ofSeconds(-5), Duration.ofSeconds(1), Limits.LIFETIME))
                .hasMessage("ttl must be PT1S to PT8784H but was PT-5S");
    }

    @Test
    void refusesNullElementsByTheirPlace() {
        assertThatThrownBy(() -> Fields.atMost("examples", Arrays.asList("a", null), 5))
                .hasMessage("examples[1] must not be null");
        assertThat(Fields.atMost("examples", null, 5)).isEqualTo(List.of());
    }
}
