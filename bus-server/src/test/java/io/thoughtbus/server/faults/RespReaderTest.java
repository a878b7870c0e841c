package io.thoughtbus.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespReaderTest {
    private static final int LONGEST = 100_000;
    private static final long SEED = 20_261_123;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "-ERR wrong\r\n",
                ":-12\r\n",
                "_\r\n",
                "#t\r\n",
                ",3.14\r\n",
                "(12345678901234567890\r\n",
                "$5\r\nhello\r\n",
                "$0\r\n\r\n",
                "$-1\r\n",
                "$4\r\n\r\n\r\n\r\n",
                "=7\r\ntxt:abc\r\n",
                "!5\r\nERR x\r\n",
                "*0\r\n",
                "*-1\r\n",
                "*2\r\n$1\r\na\r\n*1\r\n:1\r\n",
                "~1\r\n+a\r\n",
                "%2\r\n+a\r\n:1\r\n+b\r\n*0\r\n",
                ">3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nm\r\n",
                "|1\r\n+ttl\r\n:3\r\n*1\r\n$1\r\na\r\n"
            })
    void readsEachKindOfValueAndLeavesWhatFollows(String value) throws IOException {
        RespReader reader = reading(value + "+next\r\n", () -> 1);

        assertThat(text(reader.value())).isEqualTo(value);
        assertThat(text(reader.value())).isEqualTo("+next\r\n");
        assertThat(reader.awaitMore()).isFalse();
    }

    @Test
    void findsTheSameValuesHoweverTheStreamIsCut() throws IOException {
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(8); i++) {
                values.add(randomValue(random, 4));
            }
            int longestPiece = 1 + random.nextInt(200);
            RespReader reader = reading(String.join("", values), () -> 1 + random.nextInt(longestPiece));

            List<String> read = new ArrayList<>();
            while (reader.awaitMore()) {
                read.add(text(reader.value()));
            }

            assertThat(read).as("seed %d, run %d", SEED, run).isEqualTo(values);
        }
    }

    @Test
    void refusesAValueThatTheStreamEndsIn() throws IOException {
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            String value = randomValue(random, 4);
            RespReader reader = reading(value.substring(0, random.nextInt(value.length())), () -> 7);

            assertThatThrownBy(reader::value).as("seed %d, run %d", SEED, run).isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PING\r\n",
                "\r\n",
                "$-2\r\n",
                "$x\r\n",
                "$\r\n",
                "*1.5\r\n",
                "$3\r\nabcd\r\n",
                "$100001\r\n",
                "*100001\r\n",
                "?x\r\n"
            })
    void refusesWhatIsNoRespOrTooLong(String value) {
        assertThatThrownBy(() -> reading(value, () -> 3).value()).isInstanceOf(MalformedRespException.class);
    }

    @Test
    void refusesAValueThatIsTooLongInAll() {
        String value = "*3\r\n" + ("$40000\r\n" + "x".repeat(40_000) + "\r\n").repeat(3);

        assertThatThrownBy(() -> reading(value, () -> 1_000).value())
                .isInstanceOf(MalformedRespException.class)
                .hasMessageContaining("longer than 100000 bytes");
    }

    @Test
    void passesWhatIsNoRespInChunks() throws IOException {
        RespReader reader = reading("+OK\r\nanything \n at all", () -> 4);
        reader.value();

        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        while (reader.awaitMore()) {
            rest.writeBytes(reader.chunk());
        }

        assertThat(rest).hasToString("anything \n at all");
    }

    private static String randomValue(Random random, int depth) {
        int length = random.nextInt(5);
        return switch (random.nextInt(depth > 0 ? 8 : 4)) {
            case 0 -> "+" + "ok".repeat(length) + "\r\n";
            case 1 -> ":" + random.nextInt() + "\r\n";
            case 2 -> "$-1\r\n";
            case 3 -> bulk(random);
            case 4 -> "%" + length + "\r\n" + randomValues(random, 2 * length, depth);
            case 5 -> "|1\r\n" + randomValues(random, 3, depth);
            default -> "*~>".charAt(random.nextInt(3)) + "" + length + "\r\n" + randomValues(random, length, depth);
        };
    }

    private static String randomValues(Random random, int number, int depth) {
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < number; i++) {
            values.append(randomValue(random, depth - 1));
        }
        return values.toString();
    }

    private static String bulk(Random random) {
        String letters = "\r\n$*+-:ab";
        StringBuilder bulk = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            bulk.append(letters.charAt(random.nextInt(letters.length())));
        }
        return "$" + length + "\r\n" + bulk + "\r\n";
    }

    private static RespReader reading(String stream, IntSupplier pieces) {
        InputStream in = new ByteArrayInputStream(stream.getBytes(StandardCharsets.ISO_8859_1));
        return new RespReader(
                new FilterInputStream(in) {
                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        return super.read(bytes, offset, Math.min(length, pieces.getAsInt()));
                    }

                    @Override
                    public int available() {
                        return 0;
                    }
                },
                LONGEST);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
