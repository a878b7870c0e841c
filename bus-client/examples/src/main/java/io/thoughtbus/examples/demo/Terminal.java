package io.thoughtbus.examples.demo;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text for people: coloured where the terminal allows it, aligned, and plain when it goes to a file. */
final class Terminal {
    private static final int WIDEST = 140;

    private final PrintStream out;
    private final boolean coloured;
    private final boolean symbols;
    private final int width;

    private Terminal(PrintStream out, boolean coloured, boolean symbols, int width) {
        this.out = out;
        this.coloured = coloured;
        this.symbols = symbols;
        this.width = width;
    }

    /**
     * The terminal of this process.
     *
     * @param columns how wide it is, as text; anything else than a number means 100
     * @param isTerminal whether it is one at all
     */
    static Terminal of(String columns, boolean isTerminal) {
        String noColor = System.getenv("NO_COLOR");
        String term = System.getenv("TERM");
        boolean coloured = isTerminal && (noColor == null || noColor.isEmpty()) && !"dumb".equals(term);
        int width = columns.matches("\\d{2,4}") ? Math.min(WIDEST, Integer.parseInt(columns)) : 100;
        boolean utf8 = String.valueOf(System.getenv("LC_ALL") + System.getenv("LC_CTYPE") + System.getenv("LANG"))
                .toUpperCase(Locale.ROOT)
                .replace("-", "")
                .contains("UTF8");
        Charset charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        return new Terminal(new PrintStream(System.out, true, charset), coloured, utf8, Math.max(60, width));
    }

    int width() {
        return width;
    }

    synchronized void line(String text) {
        out.println(text);
    }

    void blank() {
        line("");
    }

    void heading(String text) {
        blank();
        line(bold(text));
        line(dim((symbols ? "─" : "-").repeat(Math.min(width, 100))));
    }

    String bold(String text) {
        return style("1", text);
    }

    String dim(String text) {
        return style("2", text);
    }

    String green(String text) {
        return style("32", text);
    }

    String yellow(String text) {
        return style("33", text);
    }

    String red(String text) {
        return style("31", text);
    }

    String cyan(String text) {
        return style("36", text);
    }

    /** A symbol, or its stand-in where the terminal has none. */
    String symbol(String symbol, String standIn) {
        return symbols ? symbol : standIn;
    }

    /** The text cut or filled to exactly this many characters. */
    String fit(String text, int length) {
        if (text.length() <= length) {
            return text + " ".repeat(length - text.length());
        }
        return symbols ? text.substring(0, length - 1) + "…" : text.substring(0, length - 2) + "..";
    }

    private String style(String code, String text) {
        return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
