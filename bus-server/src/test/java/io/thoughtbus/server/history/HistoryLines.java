package io.thoughtbus.server.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A run written down as lines of JSON, one thing a line, to be judged again elsewhere. */
public final class HistoryLines {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private HistoryLines() {}

    /** Writes a run; the writer stays open. */
    public static void write(Run run, Writer writer) throws IOException {
        Stream<Line> lines = Stream.of(
                        run.history().publications().stream().map(Line::of),
                        run.history().deliveries().stream().map(Line::of),
                        run.ending().journal().stream().map(Line::of),
                        run.ending().standings().stream().map(Line::of),
                        run.ending().ended().stream().map(Line::of))
                .flatMap(Function.identity());
        for (Line line : (Iterable<Line>) lines::iterator) {
            writer.write(MAPPER.writeValueAsString(line));
            writer.write('\n');
        }
    }

    /** Reads what was written; the reader stays open. */
    public static Run read(Reader reader) {
        List<Line> lines = new BufferedReader(reader)
                .lines()
                .map(line -> MAPPER.readValue(line, Line.class))
                .toList();
        return new Run(
                new History(all(lines, Line::publication), all(lines, Line::delivery)),
                new Ending(all(lines, Line::journalled), all(lines, Line::standing), all(lines, Line::ended)));
    }

    private static <T> List<T> all(List<Line> lines, Function<Line, @Nullable T> kind) {
        return lines.stream().map(kind).filter(Objects::nonNull).toList();
    }

    /** What was seen, and what was found in the end. */
    public record Run(History history, Ending ending) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            @Nullable Publication publication,
            @Nullable Delivery delivery,
            @Nullable Journalled journalled,
            @Nullable Standing standing,
            @Nullable EndedWake ended) {

        static Line of(Publication publication) {
            return new Line(publication, null, null, null, null);
        }

        static Line of(Delivery delivery) {
            return new Line(null, delivery, null, null, null);
        }

        static Line of(Journalled journalled) {
            return new Line(null, null, journalled, null, null);
        }

        static Line of(Standing standing) {
            return new Line(null, null, null, standing, null);
        }

        static Line of(EndedWake ended) {
            return new Line(null, null, null, null, ended);
        }
    }
}
