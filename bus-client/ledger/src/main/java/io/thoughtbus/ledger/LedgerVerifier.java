package io.thoughtbus.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import tools.jackson.databind.json.JsonMapper;

/** The program that verifies what a ledger gave out, without a bus: exports, proofs, and checkpoints against each other. */
public final class LedgerVerifier {
    static final int FINE = 0;
    static final int TAMPERED = 1;
    static final int UNUSABLE = 2;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final long TELL_EVERY = 1 << 17;
    private static final String USAGE = """
            usage:
              verify EXPORT --checkpoint FILE --key KEY      the records of an export, whole or chosen, JSONL or CloudEvents
              inclusion PROOF --checkpoint FILE --key KEY    that a leaf is in the ledger
              consistency OLD NEW --proof FILE --key KEY     that the ledger only grew between two checkpoints
              rotate DIRECTORY                               makes a new key beside those of a ledger
            KEY is a key as GET /v1/{namespace}/ledger/key tells it, or a file that holds one; it may be given again.
            The exit code is 0 if all is as it was, 1 if something was tampered with, and 2 if nothing can be said.""";

    private final PrintStream out;

    LedgerVerifier(PrintStream out) {
        this.out = out;
    }

    /** Verifies what the arguments name; the exit code tells what was found. */
    public static void main(String[] arguments) {
        System.exit(new LedgerVerifier(System.out).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            return run(Arguments.parse(arguments));
        } catch (TamperedException | UntrustedNoteException e) {
            out.println("TAMPERED: " + e.getMessage());
            return TAMPERED;
        } catch (IOException | RuntimeException e) {
            out.println(e.getMessage());
            return UNUSABLE;
        }
    }

    private int run(Arguments given) throws IOException {
        return switch (given.command()) {
            case "verify" -> verify(given);
            case "inclusion" ->
                told(
                        JSON.readValue(given.text(0), InclusionProof.class).holds(given.checkpoint()),
                        "the leaf is in the ledger",
                        "the proof does not lead to the root of the checkpoint");
            case "consistency" ->
                told(
                        JSON.readValue(given.file("--proof"), ConsistencyProof.class)
                                .holds(given.checkpoint(0), given.checkpoint(1)),
                        "the ledger only grew",
                        "the newer checkpoint is not one of the ledger that the older one is of");
            case "rotate" -> rotate(Path.of(given.positional(0)));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private int rotate(Path directory) {
        SigningKey made = new KeyDirectory(directory, Clock.systemUTC()).rotate();
        out.println("the key of " + made.created() + " signs from now on, and the one before it beside it");
        return FINE;
    }

    private int verify(Arguments given) throws IOException {
        Checkpoint checkpoint = given.checkpoint();
        try (InputStream export = Files.newInputStream(Path.of(given.positional(0)))) {
            ExportLines lines = new ExportLines(export, checkpoint.origin());
            String first = lines.peek();
            if (first != null && first.startsWith(SelectionLine.BEGIN)) {
                tell(new SelectionVerifier(checkpoint, lines, progress()).run());
            } else {
                tell(new ExportVerifier(checkpoint, lines, progress()).run());
            }
        }
        return FINE;
    }

    private void tell(ExportSummary summary) {
        out.println("all is as it was: " + summary.records() + " records of " + leaves(summary.export()) + "; of "
                + summary.withheld() + " only the hash is there, because they were erased or are too old");
    }

    private void tell(SelectionSummary summary) {
        out.println("all is as it was: " + summary.records() + " records chosen by " + summary.criteria() + " of "
                + leaves(summary.export()));
        out.println("each of them is proven to be in the ledger; that none was left out is not: only an export of all"
                + " records proves that. Of " + summary.undecided() + " nobody could tell whether they belong to it");
    }

    private static String leaves(ExportRange range) {
        return range.origin() + ", leaves " + range.from() + " to " + range.to() + " of " + range.size();
    }

    private LongConsumer progress() {
        long[] told = {TELL_EVERY};
        return verified -> {
            if (verified >= told[0]) {
                told[0] += TELL_EVERY;
                out.println(verified + " records verified so far");
            }
        };
    }

    private int told(boolean holds, String fine, String tampered) {
        out.println(holds ? fine : "TAMPERED: " + tampered);
        return holds ? FINE : TAMPERED;
    }

    /** What stands on the command line. */
    private record Arguments(String command, List<String> positionals, List<String> options) {

        static Arguments parse(List<String> all) {
            List<String> positionals = new ArrayList<>();
            List<String> options = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i).startsWith("--") && i + 1 < all.size()) {
                    options.add(all.get(i));
                    options.add(all.get(++i));
                } else {
                    positionals.add(all.get(i));
                }
            }
            return positionals.isEmpty()
                    ? new Arguments("", List.of(), options)
                    : new Arguments(positionals.get(0), positionals.subList(1, positionals.size()), options);
        }

        String positional(int index) {
            if (index >= positionals.size()) {
                throw new IllegalArgumentException(USAGE);
            }
            return positionals.get(index);
        }

        String text(int index) throws IOException {
            return Files.readString(Path.of(positional(index)));
        }

        String file(String option) throws IOException {
            return Files.readString(Path.of(values(option).get(0)));
        }

        Checkpoint checkpoint() throws IOException {
            return Checkpoint.open(file("--checkpoint"), keys());
        }

        Checkpoint checkpoint(int index) throws IOException {
            return Checkpoint.open(text(index), keys());
        }

        private List<PublicKey> keys() throws IOException {
            List<PublicKey> keys = new ArrayList<>();
            for (String value : values("--key")) {
                String written = value.contains("+") ? value : Files.readString(Path.of(value));
                written.lines()
                        .filter(line -> !line.isBlank())
                        .map(PublicKey::parse)
                        .forEach(keys::add);
            }
            return keys;
        }

        private List<String> values(String option) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < options.size(); i += 2) {
                if (options.get(i).equals(option)) {
                    values.add(options.get(i + 1));
                }
            }
            if (values.isEmpty()) {
                throw new IllegalArgumentException(option + " is missing\n" + USAGE);
            }
            return values;
        }
    }
}
