package io.thoughtbus.server.interest;

import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.Fact;
import io.thoughtbus.protocol.FactId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Map<String, Object> ATTRIBUTES = Map.of(
            "amount",
            150,
            "rate",
            0.25,
            "whole",
            3.0,
            "country",
            "DE",
            "vip",
            true,
            "order-no",
            "A-17",
            "a.b",
            "dotted");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes.amount > 100",
                "attributes.amount > 100.5",
                "attributes.amount == 150.0",
                "attributes.amount + 1 == 151",
                "attributes.rate < 1",
                "attributes.rate <= 0.25",
                "attributes.whole == 3",
                "attributes.country == 'DE' && attributes.vip",
                "attributes.country in ['DE', 'AT']",
                "attributes['order-no'].startsWith('A-')",
                "attributes['a.b'] == 'dotted'",
                "has(attributes.country) && !has(attributes.city)",
                "has(attributes.city) ? attributes.city == 'Bonn' : true",
                "'amount' in attributes",
                "attributes.amount > 100 || attributes.city == 'Bonn'",
                "subject == 'user-7'",
                "subject.matches('^user-[0-9]+$')",
                "publisher == 'shop'",
                "occurredAt > timestamp('2026-11-23T11:59:59Z')",
                "occurredAt.getHours() == 12",
                "true"
            })
    void passesAFactOfWhichTheConditionHolds(String expression) {
        assertThat(Filter.compile(expression).test(fact("user-7"))).isEqualTo(FilterOutcome.PASSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes.amount < 100",
                "attributes.amount == 150.5",
                "attributes.amount == '150'",
                "has(attributes.city)",
                "subject.matches('^order-')",
                "occurredAt < timestamp('2026-11-23T11:59:59Z')",
                "false"
            })
    void doesNotPassAFactOfWhichTheConditionDoesNotHold(String expression) {
        FilterOutcome outcome = Filter.compile(expression).test(fact("user-7"));

        assertThat(outcome).isEqualTo(new FilterOutcome(false, "the filter is false for this fact"));
    }

    @ParameterizedTest
    @CsvSource({
        "attributes.city == 'Bonn', city",
        "attributes.country.city == 'Bonn', city",
        "attributes['loyalty-tier'] > 2, loyalty-tier"
    })
    void namesTheAttributeThatAFactLacks(String expression, String missing) {
        FilterOutcome outcome = Filter.compile(expression).test(fact("user-7"));

        assertThat(outcome.passes()).isFalse();
        assertThat(outcome.reason())
                .startsWith("the fact lacks an attribute that the filter reads: ")
                .contains(missing);
    }

    @Test
    void saysThatAFactHasNoSubject() {
        FilterOutcome outcome = Filter.compile("subject == 'user-7'").test(fact(null));

        assertThat(outcome).isEqualTo(new FilterOutcome(false, "the fact has no subject, which the filter reads"));
    }

    @Test
    void namesTheAttributeThatIsMissingAlthoughTheFactHasNoSubjectEither() {
        FilterOutcome byDot = Filter.compile("attributes.subjectCode == 1").test(fact(null));
        FilterOutcome byName = Filter.compile("attributes['subject'] == 1").test(fact(null));

        assertThat(byDot.reason()).startsWith("the fact lacks an attribute that the filter reads: ");
        assertThat(byName.reason()).startsWith("the fact lacks an attribute that the filter reads: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attributes.amount / 0 == 1",
                "attributes.amount % 0 == 1",
                "attributes.amount * 9223372036854775807 > 0",
                "-(attributes.amount - 9223372036854775807 - 151) > 0",
                "attributes.country > 5",
                "attributes.country + 1 == 2",
                "attributes.amount.startsWith('1')",
                "attributes.amount[0] == 1",
                "size(attributes.amount) > 0",
                "int(attributes.country) > 1",
                "double(attributes.country) > 1.0",
                "uint(attributes.amount - 151) > 0u",
                "timestamp(attributes.country) < occurredAt",
                "duration(attributes.country) < duration('1s')",
                "occurredAt.getHours(attributes.country) == 12",
                "occurredAt + duration('3000000000000s') > occurredAt",
                "occurredAt - duration('315000000000s') > timestamp('0001-01-01T00:00:00Z')",
                "attributes.vip < 3",
                "attributes.vip && attributes.country",
                "attributes.country ? true : false",
                "!attributes.amount",
                "bool(attributes.country)",
                "bytes(attributes.amount) == b''"
            })
    void saysWhyItCannotJudgeAFactAndNeverThrows(String expression) {
        Filter filter = Filter.compile(expression);

        FilterOutcome outcome = filter.test(fact("user-7"));

        assertThat(outcome.passes()).isFalse();
        assertThat(outcome.reason()).startsWith("the filter cannot be evaluated for this fact: ");
    }

    @Test
    void givesUpOnAComprehensionThatWouldRunForLong() {
        String ten = "[0,1,2,3,4,5,6,7,8,9]";
        Filter filter = Filter.compile(
                ten + ".all(a, " + ten + ".all(b, " + ten + ".all(c, " + ten + ".all(d, a + b + c + d >= 0))))");

        FilterOutcome outcome = filter.test(fact("user-7"));

        assertThat(outcome.passes()).isFalse();
        assertThat(outcome.reason())
                .startsWith("the filter cannot be evaluated for this fact: ")
                .contains("1000");
    }

    private static Fact fact(@Nullable String subject) {
        return new Fact(
                new FactId(0, NOON.toEpochMilli(), 0),
                "paid",
                subject,
                ATTRIBUTES,
                "shop",
                null,
                NOON,
                NOON,
                NOON,
                null,
                0,
                null,
                "model");
    }
}
