package io.thoughtbus.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
    @Test
    void isNamedAfterItsCommandInCapitals() throws MalformedRespException {
        Request request = request("xadd facts * n 1");

        assertThat(request.name()).isEqualTo("XADD");
        assertThat(request.is("XADD")).isTrue();
        assertThat(request.is("xadd")).isTrue();
        assertThat(request.is("facts")).isFalse();
        assertThat(request.bytes()).asString(StandardCharsets.US_ASCII).startsWith("*5\r\n$4\r\nxadd\r\n");
    }

    @Test
    void isNamedAfterTheFunctionThatItCalls() throws MalformedRespException {
        Request request = request("FCALL thoughtbus_publish_facts 0");

        assertThat(request.name()).isEqualTo("thoughtbus_publish_facts");
        assertThat(request.is("thoughtbus_publish_facts")).isTrue();
        assertThat(request.is("FCALL")).isTrue();
        assertThat(request.is("thoughtbus_add_wakes")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SUBSCRIBE c",
                "psubscribe c",
                "SSUBSCRIBE c",
                "MONITOR",
                "PSYNC ? -1",
                "CLIENT REPLY OFF",
                "client reply skip"
            })
    void endsTheDialogueWhereAnswersNoLongerFollowQuestions(String words) throws MalformedRespException {
        assertThat(request(words).endsTheDialogue()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUBLISH c m", "CLIENT REPLY ON", "CLIENT ID", "PING", "XREAD BLOCK 1000 STREAMS s $"})
    void goesOnWithTheDialogueOtherwise(String words) throws MalformedRespException {
        assertThat(request(words).endsTheDialogue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"+OK\r\n", "*0\r\n", "*-1\r\n", "*1\r\n:1\r\n", "$4\r\nPING\r\n"})
    void refusesWhatIsNoArrayOfBulkStrings(String value) {
        assertThatThrownBy(() -> Request.of(value.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedRespException.class);
    }

    private static Request request(String words) throws MalformedRespException {
        String[] parts = words.split(" ", -1);
        String bulks = Stream.of(parts)
                .map(word -> "$" + word.length() + "\r\n" + word + "\r\n")
                .collect(Collectors.joining());
        return Request.of(("*" + parts.length + "\r\n" + bulks).getBytes(StandardCharsets.US_ASCII));
    }
}
