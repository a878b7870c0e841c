package io.thoughtbus.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowsTest {
    private static final long FIRST = 101;
    private static final long LAST = 102;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 12, 13, 1000})
    void holdEveryTokenOnceBetweenItsOwnSpecialTokens(int length) {
        long[] tokens = LongStream.concat(
                        LongStream.of(FIRST),
                        LongStream.concat(LongStream.range(1000, 1000 + length), LongStream.of(LAST)))
                .toArray();

        List<long[]> windows = Windows.of(tokens, 8);

        List<Long> content = new ArrayList<>();
        for (long[] window : windows) {
            assertThat(window.length).isBetween(2, 8);
            assertThat(window[0]).isEqualTo(FIRST);
            assertThat(window[window.length - 1]).isEqualTo(LAST);
            Arrays.stream(window, 1, window.length - 1).forEach(content::add);
        }
        assertThat(content)
                .isEqualTo(LongStream.range(1000, 1000 + length).boxed().toList());
    }
}
