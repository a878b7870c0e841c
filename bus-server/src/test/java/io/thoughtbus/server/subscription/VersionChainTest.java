package io.thoughtbus.server.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionChainTest {
    @Test
    void aSubscriptionThatIsNotInForceDecidesNothing() {
        assertThat(VersionChain.parse(null).inForceAt(new FactId(0, 5, 0))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"4, 9", "5, 0", "5, 2"})
    void aFactUpToTheFirstActivationIsDecidedByNobody(long milliseconds, long sequence) {
        VersionChain chain = VersionChain.parse("7@5-2");

        assertThat(chain.inForceAt(new FactId(0, milliseconds, sequence))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 3, 7",
        "5, 10, 7",
        "8, 0, 7",
        "9, 1, 7",
        "9, 2, 9",
        "9, 10, 9",
        "10, 0, 9",
        "11, 4, 9",
        "11, 5, 12",
        "99, 0, 12"
    })
    void aFactIsDecidedByTheLatestVersionActivatedBeforeIt(long milliseconds, long sequence, long revision) {
        VersionChain chain = VersionChain.parse("7@5-2,9@9-1,12@11-4");

        assertThat(chain.inForceAt(new FactId(3, milliseconds, sequence))).hasValue(revision);
    }

    @Test
    void ofVersionsActivatedAtTheSamePositionTheLastDecides() {
        VersionChain chain = VersionChain.parse("9@5-2,10@5-2,11@5-2");

        assertThat(chain.inForceAt(new FactId(0, 5, 3))).hasValue(11);
    }

    @Test
    void aVersionActivatedOnAnEmptyShardDecidesItsFirstFact() {
        assertThat(VersionChain.parse("7@0-0").inForceAt(new FactId(0, 1, 0))).hasValue(7);
    }
}
