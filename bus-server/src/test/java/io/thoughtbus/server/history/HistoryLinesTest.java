package io.thoughtbus.server.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryLinesTest {

    @Test
    void whatIsWrittenIsReadAsItWas() throws IOException {
        Story story = HistoryRandomTest.run(new Random(1));
        HistoryLines.Run run = story.toRun();

        StringWriter lines = new StringWriter();
        HistoryLines.write(run, lines);

        assertThat(HistoryLines.read(new StringReader(lines.toString()))).isEqualTo(run);
        assertThat(lines.toString().lines())
                .hasSize(story.publications.size()
                        + story.deliveries.size()
                        + story.journal.size()
                        + story.standings.size()
                        + story.ended.size());
    }
}
