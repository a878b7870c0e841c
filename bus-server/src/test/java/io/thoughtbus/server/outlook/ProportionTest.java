package io.thoughtbus.server.outlook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ProportionTest {
    @Test
    void theLowerEndIsThatOfWilsonsInterval() {
        assertThat(Proportion.atLeast(8, 10)).isCloseTo(0.4902, within(1e-3));
        assertThat(Proportion.atLeast(10, 10)).isCloseTo(0.7225, within(1e-3));
        assertThat(Proportion.atLeast(0, 10)).isZero();
    }

    @Test
    void nothingIsNoShareOfNothing() {
        assertThat(Proportion.of(0, 0)).isZero();
        assertThat(Proportion.atLeast(0, 0)).isZero();
    }
}
