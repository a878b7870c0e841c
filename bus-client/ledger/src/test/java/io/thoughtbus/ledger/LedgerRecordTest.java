package io.thoughtbus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LedgerRecordTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void theCanonicalFormIsThatOfTheRfc() {
        // numbers, texts and literals of RFC 8785, section 3.2.2
        String given = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}""";

        assertThat(canonical(given))
                .isEqualTo("{\"body\":{\"literals\":[null,true,false],"
                        + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"},\"id\":\"1\",\"kind\":\"fact\"}");
    }

    @Test
    void noTwoWholeNumbersLookAlike() {
        assertThat(canonical("{\"n\":9007199254740993,\"m\":[-9223372036854775808,9007199254740991]}"))
                .contains("\"n\":\"9007199254740993\"", "[\"-9223372036854775808\",9007199254740991]");
    }

    private static String canonical(String body) {
        return new String(new LedgerRecord("fact", "1", JSON.readTree(body)).canonical(), StandardCharsets.UTF_8);
    }
}
