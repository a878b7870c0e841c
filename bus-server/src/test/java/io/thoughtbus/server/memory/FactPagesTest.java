package io.thoughtbus.server.memory;

import static io.thoughtbus.server.Samples.fact;
import static org.assertj.core.api.Assertions.assertThat;

import io.thoughtbus.protocol.FactId;
import io.thoughtbus.server.BusTest;
import io.thoughtbus.server.HttpProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

@BusTest
class FactPagesTest {
    private static final int SUBJECTS = 5;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void pagesHoldEveryFactOnceInTheOrderOfTheJournal(long seed) {
        Random random = new Random(seed);
        HttpProbe bus = HttpProbe.at(port);
        List<String> facts = IntStream.range(0, 300 + random.nextInt(300))
                .mapToObj(i -> random.nextInt(4) == 0
                        ? fact("parcel " + i + " is late")
                        : fact("parcel " + i + " is late", "subject-" + random.nextInt(SUBJECTS)))
                .toList();
        List<FactId> ids = IntStream.iterate(0, from -> from < facts.size(), from -> from + 100)
                .mapToObj(from -> facts.subList(from, Math.min(facts.size(), from + 100)))
                .parallel()
                .flatMap(batch -> bus.publishAll(batch).stream())
                .map(FactId::parse)
                .sorted()
                .toList();

        for (int limit : new int[] {1 + random.nextInt(4), 7 + random.nextInt(90), ids.size(), 1000}) {
            assertThat(pages(bus, "", limit)).as("limit " + limit).containsExactlyElementsOf(ids);
        }
        List<FactId> aboutSubjects = new ArrayList<>();
        for (int subject = 0; subject < SUBJECTS; subject++) {
            List<FactId> about = pages(bus, "&subject=subject-" + subject, 1 + random.nextInt(30));
            assertThat(about).isSorted().doesNotHaveDuplicates();
            aboutSubjects.addAll(about);
        }
        assertThat(aboutSubjects)
                .hasSize((int)
                        facts.stream().filter(fact -> fact.contains("subject")).count())
                .doesNotHaveDuplicates();
    }

    private static List<FactId> pages(HttpProbe bus, String filter, int limit) {
        List<FactId> all = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode page = bus.get("/facts?limit=" + limit + filter + after).json();
            page.get("facts")
                    .forEach(fact -> all.add(FactId.parse(fact.get("id").asString())));
            if (!page.has("next")) {
                return all;
            }
            assertThat(page.get("facts")).hasSize(limit);
            after = "&after=" + page.get("next").asString();
        }
    }
}
