package io.thoughtbus.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GramsTest {
    @Test
    void areWordsPairsAndTriplesBetweenTheEnds() {
        assertThat(Grams.of("No parcel"))
                .containsExactly(
                        "<", "< no", "< no parcel", "no", "no parcel", "no parcel >", "parcel", "parcel >", ">");
    }

    @Test
    void knowEveryNumberAsOneWordAndSetNotApart() {
        assertThat(Grams.of("User 480 isn't in")).contains("user 0 is", "is n't in");
        assertThat(Grams.of("User 7 can’t.")).contains("ca n't .");
    }

    @Test
    void takeMarksAndLettersOfOtherScriptsOneByOne() {
        assertThat(Grams.of("état=über")).contains("é", "tat", "=", "= ü", "ber");
    }

    @Test
    void areNoneOfATextThatIsTooLong() {
        assertThat(Grams.of("no ".repeat(Grams.MOST_WORDS))).isNotEmpty();
        assertThat(Grams.of("no ".repeat(Grams.MOST_WORDS + 1))).isEmpty();
        assertThat(Grams.of("x1".repeat(4_000))).isEmpty();
    }
}
