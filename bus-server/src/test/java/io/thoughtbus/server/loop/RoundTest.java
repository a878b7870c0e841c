package io.thoughtbus.server.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundTest {
    @Test
    void oneFailureKeepsItFromNoneOfTheOthersAndIsTold() {
        List<Integer> done = new ArrayList<>();

        assertThatThrownBy(() -> Round.of(List.of(1, 2, 3), number -> {
                    if (number == 2) {
                        throw new IllegalStateException("two");
                    }
                    done.add(number);
                }))
                .hasMessage("two");

        assertThat(done).containsExactly(1, 3);
    }
}
