package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thoughtbus.protocol.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attributes.amount + 1   | int",
                "publisher               | string",
                "attributes.amount       | dyn",
                "occurredAt              | google.protobuf.Timestamp",
                "[attributes.vip]        | list"
            })
    void refusesWhatIsNoConditionAndSaysWhatItIs(String expression, String type) {
        assertThatThrownBy(() -> Filter.compile(expression))
                .isInstanceOfSatisfying(InvalidFieldException.class, refusal -> {
                    assertThat(refusal.field()).isEqualTo("filter");
                    assertThat(refusal.expectation()).contains("is of type " + type);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes.amount >",
                "attributes.amount > 100 and true",
                "amount > 100",
                "subject > 5",
                "attributes.amount > 100; true",
                "has(subject)",
                "nothing(subject)",
                "'unclosed",
                "\u0000"
            })
    void refusesWhatDoesNotCompileNamingTheField(String expression) {
        assertThatThrownBy(() -> Filter.compile(expression))
                .isInstanceOfSatisfying(InvalidFieldException.class, refusal -> {
                    assertThat(refusal.field()).isEqualTo("filter");
                    assertThat(refusal.expectation()).startsWith("must be a condition in CEL: ");
                });
    }

    @Test
    void remembersTheExpressionItWasCompiledFrom() {
        assertThat(Filter.compile("subject == 'a'").expression()).isEqualTo("subject == 'a'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "!-", "size("})
    void refusesWhatIsNestedTooDeeply(String opening) {
        String expression = opening.repeat(1_000) + "true";

        assertThatThrownBy(() -> Filter.compile(expression))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("filter must be a condition in CEL: ");
    }
}
