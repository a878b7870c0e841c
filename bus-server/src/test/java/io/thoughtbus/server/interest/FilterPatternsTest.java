package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Pattern;
import io.thoughtbus.protocol.InvalidFieldException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternsTest {
    private static final int MOST_INSTRUCTIONS = 50_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^user-[0-9]+$",
                "(?i)military|army",
                "^([0-9]{1,3}[.]){3}[0-9]{1,3}$",
                "^(user|order)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$",
                "^.{1,1000}$",
                "(a*)*(a*)*b"
            })
    void usualPatternsAreAccepted(String pattern) {
        assertThatCode(() -> Filter.compile("subject.matches('" + pattern + "')"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "((a{1,1000}){1,1000}){1,1000}",
                "(?:(?:a{1000,}){1000,}){1000,}",
                "((a{1000})\\Q\\E{1000})\\Q\\E{1000}",
                "((a{1000})(?i){1000})(?i){1000}",
                "(a{1000}){99999999999999999999}"
            })
    void aPatternThatWouldFillAllMemoryIsRefused(String pattern) {
        assertThatThrownBy(() -> Filter.compile("subject.matches(r'" + pattern + "')"))
                .isInstanceOfSatisfying(InvalidFieldException.class, refusal -> {
                    assertThat(refusal.field()).isEqualTo("filter");
                    assertThat(refusal.expectation()).isEqualTo("must repeat less in the pattern " + pattern);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a{1001}", "a{2}{3}", "a+{3}", "(?<=a)b", "[z-a]"})
    void aPatternThatIsNoneIsRefused(String pattern) {
        assertThatThrownBy(() -> Filter.compile("subject.matches('" + pattern + "')"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("filter must hold valid patterns: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subject.matches(attributes.pattern)",
                "matches(subject, attributes.pattern)",
                "subject.matches('a' + 'b')",
                "['a'].exists(p, subject.matches(p))"
            })
    void aPatternThatIsNotLiteralIsRefused(String expression) {
        assertThatThrownBy(() -> Filter.compile(expression))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessage("filter must give the pattern of matches() as a literal text");
    }

    @Test
    void thePatternIsCheckedWhereverItStands() {
        assertThatThrownBy(() -> Filter.compile("has(attributes.a) && [1].all(x, matches(subject, '('))"))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageStartingWith("filter must hold valid patterns: ");
    }

    @Test
    void whateverIsAcceptedCompilesToABoundedProgram() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 3_000; i++) {
            String pattern = pattern(random, 4);
            try {
                Filter.compile("subject.matches(r\"\"\"" + pattern + "\"\"\")");
            } catch (InvalidFieldException e) {
                continue;
            }
            accepted++;
            assertThat(Pattern.compile(pattern).programSize())
                    .describedAs("seed %d: %s", seed, pattern)
                    .isLessThan(MOST_INSTRUCTIONS);
        }
        assertThat(accepted).describedAs("seed %d", seed).isGreaterThan(500);
    }

    /** Groups, escapes, quotations and classes with counts after them; small enough to be compiled if it slips through. */
    private static String pattern(Random random, int depth) {
        StringBuilder pattern = new StringBuilder();
        for (int part = 1 + random.nextInt(3); part > 0; part--) {
            int kind = random.nextInt(depth == 0 ? 5 : 9);
            pattern.append(
                    switch (kind) {
                        case 0 -> "a";
                        case 1 -> "[a-f]";
                        case 2 -> "\\(";
                        case 3 -> "\\)";
                        case 4 -> "\\Q)\\E";
                        case 5 -> "(?i)";
                        case 6 -> "(?:" + pattern(random, depth - 1) + ")\\Q\\E";
                        default -> "(" + pattern(random, depth - 1) + ")";
                    });
            if (random.nextInt(3) > 0) {
                pattern.append("{").append(2 + random.nextInt(20)).append("}");
            }
        }
        return pattern.toString();
    }
}
